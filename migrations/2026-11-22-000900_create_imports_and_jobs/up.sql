create type run_status as enum ('waiting', 'running', 'done', 'failed', 'cancelled');

create table external_ids (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  source_system varchar(120) not null, kind varchar(40) not null, external_id varchar(255) not null,
  entity varchar(60) not null, entity_id uuid not null,
  digest bytea not null check (length(digest) = 32), imported jsonb not null, is_gone boolean not null default false
);
comment on table external_ids is 'What a row of ours is called in the system it came from';
comment on column external_ids.digest is 'SHA-256 of the row last imported; equal means nothing to do';
comment on column external_ids.imported is 'The values last imported: a field that differs now was edited here';
comment on column external_ids.is_gone is 'Absent from the last bundle; it revives if it returns';
call make_tenant_table('external_ids', 'entity_id');
create unique index external_ids_key on external_ids (organization_id, source_system, kind, external_id);
create index external_ids_of_an_entity on external_ids (organization_id, entity, entity_id);

create table import_runs (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  kind varchar(40) not null, source_system varchar(120) not null, file_name varchar(255) not null,
  status run_status not null, started_at timestamptz not null, finished_at timestamptz,
  created integer not null default 0, changed integer not null default 0, ended integer not null default 0,
  unchanged integer not null default 0, rejected integer not null default 0, conflicts integer not null default 0
);
call make_tenant_table('import_runs');

create table import_rows (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  import_run_id uuid not null, file varchar(255) not null, line integer not null, field varchar(120),
  value varchar(500), reason varchar(500) not null, is_conflict boolean not null default false,
  foreign key (organization_id, import_run_id) references import_runs (organization_id, id)
);
comment on table import_rows is 'A row that was refused, or a field that was kept as edited here, and why';
call make_tenant_table('import_rows', 'import_run_id');
create index import_rows_of_a_run on import_rows (organization_id, import_run_id, file, line);

create table jobs (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  kind varchar(40) not null, payload jsonb not null, status run_status not null default 'waiting',
  user_id uuid not null, done integer not null default 0, total integer,
  run_after timestamptz not null default now(), attempts smallint not null default 0, last_error varchar(500),
  foreign key (organization_id, user_id) references users (organization_id, id)
);
comment on table jobs is 'Work with progress, taken by a worker with for update skip locked';
call make_tenant_table('jobs');
create index jobs_waiting on jobs (organization_id, run_after) where status = 'waiting';
