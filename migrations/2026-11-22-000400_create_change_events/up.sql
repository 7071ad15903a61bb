-- Who changed what. Append-only: the app's role may add and read, never change or remove.
create schema partitions;

create table change_events (
  organization_id uuid not null references organizations (id),
  id uuid not null default uuid_v7(),
  at timestamptz not null default clock_timestamp(),
  user_id uuid default app_user(),
  entity varchar(60) not null,
  subject_id uuid not null,
  operation varchar(10) not null check (operation in ('insert', 'update', 'delete')),
  changes jsonb not null,
  primary key (organization_id, id)
) partition by range (id);
create table partitions.change_events_default partition of change_events default;
create index change_events_of_a_subject on change_events (organization_id, subject_id, id);
comment on column change_events.subject_id is 'What the rows belong to: a register for its marks, a student for an address';
comment on column change_events.changes is 'One entry a row: id, and each changed column with old and new value';

alter table change_events enable row level security;
alter table change_events force row level security;
create policy organization on change_events
  using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);
grant select, insert on change_events to belfry_app;
