-- Platform staff in an organization: with a reason, for a time, and nowhere else meanwhile.
create table organization_visits (
  organization_id uuid not null references organizations (id), id uuid not null, primary key (organization_id, id),
  user_id uuid not null references users (id),
  visitor varchar(201) not null check (is_plain_line(visitor)),
  reason varchar(500) not null check (is_plain_line(reason) and length(reason) >= 10),
  began_at timestamptz not null,
  until_at timestamptz not null check (until_at > began_at and until_at <= began_at + interval '8 hours'),
  ended_at timestamptz,
  ended_by_id uuid references users (id)
);
comment on column organization_visits.visitor is 'Their name then, since the organization does not see the platform''s people';
comment on column organization_visits.until_at is 'When it ends by itself';
comment on column organization_visits.ended_at is 'When somebody ended it, or another began';
create unique index organization_visits_open on organization_visits (user_id) where ended_at is null;
create index organization_visits_by_age on organization_visits (organization_id, began_at desc, id);

alter table organization_visits enable row level security;
create policy organization on organization_visits to belfry_app
  using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);
create policy lobby on organization_visits to belfry_lobby using (true) with check (true);
grant select, update (ended_at, ended_by_id) on organization_visits to belfry_app;
grant select, insert, update on organization_visits to belfry_lobby;
create trigger history after update on organization_visits for each row when (current_user = 'belfry_app')
  execute function record_change_of_access('id', 'ended_at');

-- What a visitor looks at says in which visit.
alter table access_events add column visit_id uuid;
comment on column access_events.visit_id is 'The visit of platform staff in which it happened';
create index access_events_of_a_visit on access_events (organization_id, visit_id) where visit_id is not null;
create or replace function keep_looks(organization uuid, looks jsonb) returns integer language plpgsql as $$
begin
  perform set_config('app.organization_id', organization::text, true);
  insert into access_events (organization_id, id, at, user_id, session_id, ip_address, request_id, page, permission,
      action, kind, data_class, resource_id, visit_id, shown)
    select organization, id, at, user_id, session_id, ip_address, request_id, page, permission,
      action, kind, data_class, resource_id, visit_id, jsonb_array_length(students)
    from jsonb_to_recordset(looks) as look (id uuid, at timestamptz, user_id uuid, session_id uuid, ip_address text,
      request_id uuid, page text, permission text, action access_action, kind text, data_class smallint, resource_id uuid,
      visit_id uuid, students jsonb);
  insert into access_event_subjects (organization_id, student_id, event_id)
    select organization, student::uuid, id
    from jsonb_to_recordset(looks) as look (id uuid, students jsonb), jsonb_array_elements_text(students) student;
  return jsonb_array_length(looks);
end $$;
