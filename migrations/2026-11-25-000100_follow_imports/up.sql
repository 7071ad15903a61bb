-- An import is followed from its upload to its end: a dry run first, then the application, each a job.
create type import_state as enum ('uploaded', 'rehearsing', 'rehearsed', 'applying', 'done', 'failed', 'cancelled');

alter table import_runs
  alter column status type import_state using
    (case status when 'waiting' then 'uploaded' when 'running' then 'applying' else status::text end)::import_state,
  alter column source_system drop not null,
  add column job_id uuid, add column mends_id uuid, add column mapping jsonb, add column findings jsonb,
  add column end_many boolean not null default false, add column failure varchar(500),
  add check (is_plain_line(failure)),
  add constraint import_runs_kind check
    (kind in ('oneroster', 'students', 'contacts', 'staff', 'classes', 'enrollments', 'attendance')),
  add foreign key (organization_id, job_id) references jobs (organization_id, id),
  add foreign key (organization_id, mends_id) references import_runs (organization_id, id);
comment on column import_runs.source_system is 'The system that the ids come from; unknown until the file was read';
comment on column import_runs.job_id is 'The job that works on it or did last';
comment on column import_runs.mends_id is 'The import whose rejected rows this one brings mended';
comment on column import_runs.mapping is 'Which column of the file is which of ours; none where the format says so';
comment on column import_runs.findings is '@sensitive Tallies by table, who would leave, remarks: what the last rehearsal or the application found';
comment on column import_runs.end_many is 'Somebody saw that more than a tenth would end, and said to go on';
comment on column import_runs.failure is 'Why it came to nothing, in a sentence';
call keep_history('import_runs', 'id');
create index import_runs_by_time on import_runs (organization_id, started_at desc, id desc);

create table import_files (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  import_run_id uuid not null, name varchar(255) not null, size integer not null check (size > 0),
  sha256 bytea not null check (length(sha256) = 32), content bytea,
  foreign key (organization_id, import_run_id) references import_runs (organization_id, id)
);
comment on table import_files is 'What was uploaded, for as long as it is needed';
comment on column import_files.content is '@sensitive The bytes; taken out once the import needs them no more';
call make_tenant_table('import_files', 'import_run_id');
create unique index import_files_of_a_run on import_files (organization_id, import_run_id);

-- A job under way says so every few seconds; what was begun by a process that died is taken again. What a job did is in
-- the history of what it changed, so its own progress needs none.
alter table jobs add column stage varchar(60), add column beat_at timestamptz,
  add column cancel_asked boolean not null default false, add check (is_plain_line(stage));
comment on column jobs.stage is 'What it is at, for people';
comment on column jobs.beat_at is 'When whoever works on it last said so';
comment on column jobs.cancel_asked is 'Somebody wants it stopped; it looks between its steps';
drop trigger history_of_inserts on jobs;
drop trigger history_of_updates on jobs;
create index jobs_running on jobs (organization_id, beat_at) where status = 'running';
