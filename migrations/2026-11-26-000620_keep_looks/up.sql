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
