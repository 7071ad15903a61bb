-- One event for each statement and subject, so that a register of 28 marks is one row of history.
-- Arguments: the column that names the subject, and the columns recorded as changed but never by value.
create function record_change() returns trigger language plpgsql as $$
declare
  subject text := tg_argv[0];
  hidden text[] := tg_argv[1]::text[];
  noise constant text[] := array['organization_id', 'created_at', 'updated_at', 'created_by_id', 'updated_by_id',
    'import_hash', 'version'] || subject;
begin
  if tg_op = 'INSERT' then
    insert into change_events (organization_id, entity, subject_id, operation, changes)
    select organization_id, tg_table_name, subject_id, 'insert', jsonb_agg(row_now)
    from (select n.organization_id, (to_jsonb(n) ->> subject)::uuid as subject_id,
                 mask_columns(jsonb_strip_nulls(to_jsonb(n) - noise), hidden) || jsonb_build_object('id', n.id) as row_now
          from new_rows n) r
    group by organization_id, subject_id;
  else
    insert into change_events (organization_id, entity, subject_id, operation, changes)
    select organization_id, tg_table_name, subject_id, 'update', jsonb_agg(changed)
    from (select n.organization_id, (to_jsonb(n) ->> subject)::uuid as subject_id,
                 changed_columns(to_jsonb(o) - noise, to_jsonb(n) - noise, hidden) || jsonb_build_object('id', n.id) as changed
          from new_rows n join old_rows o on o.organization_id = n.organization_id and o.id = n.id
          where to_jsonb(o) - noise is distinct from to_jsonb(n) - noise) r
    group by organization_id, subject_id;
  end if;
  return null;
end $$;

create function mask_columns(record jsonb, hidden text[]) returns jsonb language sql immutable
return case when record ?| hidden
  then (select jsonb_object_agg(key, case when key = any (hidden) then '"changed"' else value end) from jsonb_each(record))
  else record end;

create function changed_columns(before jsonb, after jsonb, hidden text[]) returns jsonb language sql immutable
return (
  select jsonb_object_agg(key, case when key = any (hidden) then '"changed"' else jsonb_build_array(b.value, a.value) end)
  from jsonb_each(before) b join jsonb_each(after) a using (key)
  where b.value is distinct from a.value);
