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

-- In one statement, so that a page pays one round trip for its record.
create function keep_looks(organization uuid, looks jsonb) returns integer language plpgsql as $$
begin
  perform set_config('app.organization_id', organization::text, true);
  insert into access_events (organization_id, id, at, user_id, session_id, ip_address, request_id, page, permission,
      action, kind, data_class, resource_id, shown)
    select organization, id, at, user_id, session_id, ip_address, request_id, page, permission,
      action, kind, data_class, resource_id, jsonb_array_length(students)
    from jsonb_to_recordset(looks) as look (id uuid, at timestamptz, user_id uuid, session_id uuid, ip_address text,
      request_id uuid, page text, permission text, action access_action, kind text, data_class smallint, resource_id uuid,
      students jsonb);
  insert into access_event_subjects (organization_id, student_id, event_id)
    select organization, student::uuid, id
    from jsonb_to_recordset(looks) as look (id uuid, students jsonb), jsonb_array_elements_text(students) student;
  return jsonb_array_length(looks);
end $$;

create function refuse_change() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  raise exception '% is append-only', tg_table_name;
end $$;
create trigger append_only before update or delete on access_events for each row execute function refuse_change();
create trigger append_only before update or delete on access_event_subjects for each row execute function refuse_change();
create trigger append_only before update or delete on change_events for each row execute function refuse_change();
create trigger never_emptied before truncate on access_events execute function refuse_change();
create trigger never_emptied before truncate on access_event_subjects execute function refuse_change();
create trigger never_emptied before truncate on change_events execute function refuse_change();
