-- A mark's history hangs on its register, and stands there with those of other children: only this child's lines are taken.
with theirs as (
  select at, user_id, entity, operation, entry from change_events, jsonb_array_elements(changes) as entry
  where organization_id = $1 and subject_id = $2
  union all
  select c.at, c.user_id, c.entity, c.operation, entry
  from attendance_records r join change_events c on c.organization_id = r.organization_id and c.subject_id = r.attendance_session_id
    and c.entity = 'attendance_records', jsonb_array_elements(c.changes) as entry
  where r.organization_id = $1 and r.student_id = $2 and entry ->> 'id' = r.id::text
)
select null::uuid as about, jsonb_build_array(to_char(t.at at time zone $3, 'YYYY-MM-DD HH24:MI'), u.first_name || ' ' || u.last_name,
  replace(t.entity, '_', ' '), replace(field.key, '_', ' '),
  case when t.operation = 'update' and jsonb_typeof(field.value) = 'array' then field.value ->> 0 end,
  case when t.operation = 'update' and jsonb_typeof(field.value) = 'array' then field.value ->> 1 else field.value #>> '{}' end) as cells
from theirs t left join users u on u.id = t.user_id and u.organization_id = $1, jsonb_each(t.entry - 'id') as field
order by t.at limit 10001
