-- Who changed what of an account, a role or a grant from a page. What people do to their own account goes through the
-- lobby, whose role writes no school's history. Accounts are changed one at a time, so a general function is fast enough.
-- Its arguments: the column that history hangs on, then the columns whose changes are told.
create function record_change_of_access() returns trigger language plpgsql as $$
declare
  was jsonb := case when tg_op = 'INSERT' then '{}' else to_jsonb(old) end;
  is_now jsonb := case when tg_op = 'DELETE' then '{}' else to_jsonb(new) end;
  told constant jsonb := was || is_now;
  changed jsonb;
begin
  select jsonb_object_agg(name, case tg_op when 'UPDATE' then jsonb_build_array(plainly(was -> name), plainly(is_now -> name))
      else plainly(told -> name) end) into changed
    from unnest(tg_argv[1:]) name where was -> name is distinct from is_now -> name and plainly(told -> name) is not null
      or tg_op = 'UPDATE' and was -> name is distinct from is_now -> name;
  if changed is not null then
    changed := changed || jsonb_strip_nulls(jsonb_build_object(
      'id', coalesce(told -> 'id', told -> 'permission'), 'permission', told -> 'permission'));
    insert into change_events (organization_id, entity, subject_id, operation, changes)
    values ((told ->> 'organization_id')::uuid, tg_table_name, (told ->> tg_argv[0])::uuid, lower(tg_op), jsonb_build_array(changed));
  end if;
  return null;
end $$;

-- A list as one text, so that nobody takes its first two for before and after; an empty one is nothing.
create function plainly(value jsonb) returns jsonb language sql immutable
return case jsonb_typeof(value)
  when 'array' then (select to_jsonb(string_agg(one, ' ')) from jsonb_array_elements_text(value) one)
  else nullif(value, 'null') end;

create trigger history after insert or update on users for each row when (current_user = 'belfry_app')
  execute function record_change_of_access('id', 'first_name', 'last_name', 'phone_number', 'email', 'locale', 'role_id',
    'role_campus_ids', 'disabled_at', 'epoch', 'deleted_at');
create trigger history after insert or update on roles for each row when (current_user = 'belfry_app')
  execute function record_change_of_access('id', 'name', 'description', 'deleted_at');
create trigger history after insert or update or delete on role_permissions for each row when (current_user = 'belfry_app')
  execute function record_change_of_access('role_id', 'permission', 'scope');
create trigger history after insert or update or delete on user_custom_permissions for each row
  when (current_user = 'belfry_app') execute function record_change_of_access('user_id', 'permission', 'scope', 'campus_ids');
