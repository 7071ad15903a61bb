-- Who looked at what, of which children, through which page and by which right; who was refused; who came in. Append-only:
-- the app's role may add and read, never change or remove, and neither may anybody by mistake.
create type access_action as enum ('view', 'list', 'search', 'export', 'print', 'denied', 'not_found',
  'sign_in', 'sign_in_refused', 'sign_out', 'credential');

create table access_events (
  organization_id uuid not null references organizations (id),
  id uuid not null,
  at timestamptz not null,
  user_id uuid,
  session_id uuid,
  ip_address varchar(45) not null,
  request_id uuid not null,
  page varchar(150) not null,
  permission varchar(80) not null,
  action access_action not null,
  kind varchar(60) not null,
  data_class smallint not null check (data_class between 0 and 4),
  resource_id uuid,
  shown integer not null check (shown >= 0),
  primary key (organization_id, id)
) partition by range (id);
create table partitions.access_events_default partition of access_events default;
create index access_events_of_a_user on access_events (organization_id, user_id, at, id);
create index access_events_of_a_day on access_events (organization_id, at, id);
comment on column access_events.page is 'The route as the program knows it, never what was typed';
comment on column access_events.permission is 'By which right; empty where somebody had none';
comment on column access_events.data_class is '0 nothing of a child, 1 names and classes, 2 records, 3 family and what is barred, 4 health and counselling';
comment on column access_events.shown is 'How many children were shown';

create table access_event_subjects (
  organization_id uuid not null references organizations (id),
  student_id uuid not null,
  event_id uuid not null,
  primary key (organization_id, student_id, event_id),
  foreign key (organization_id, event_id) references access_events (organization_id, id)
);
comment on column access_event_subjects.student_id is 'No foreign key: that somebody looked outlives the record they looked at';

call isolate('access_events');
call isolate('access_event_subjects');
grant select, insert on access_events, access_event_subjects to belfry_app;
