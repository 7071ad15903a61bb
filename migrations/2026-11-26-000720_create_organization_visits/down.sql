create or replace function keep_looks(organization uuid, looks jsonb) returns integer language plpgsql as $$
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
alter table access_events drop column visit_id;
drop table organization_visits;
