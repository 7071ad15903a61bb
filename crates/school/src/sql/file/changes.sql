-- What is a change of this child says is_change_of. Events of registers, classes and lists stand there with those of other
-- children: only this child's lines are taken. How a contact is reached is about that contact.
with owners as materialized (
  select $2 as id union select contact_id from guardians where organization_id = $1 and student_id = $2
  union select attendance_session_id from attendance_records where organization_id = $1 and student_id = $2
  union select class_id from class_enrollments where organization_id = $1 and student_id = $2
  union select roll_call_id from roll_call_entries where organization_id = $1 and student_id = $2
  union select headcount_id from headcount_ticks where organization_id = $1 and student_id = $2),
theirs as materialized (
  select 'attendance_records' as entity, id::text from attendance_records where organization_id = $1 and student_id = $2
  union all select 'class_enrollments', id::text from class_enrollments where organization_id = $1 and student_id = $2
  union all select 'roll_call_entries', id::text from roll_call_entries where organization_id = $1 and student_id = $2
  union all select 'headcount_ticks', id::text from headcount_ticks where organization_id = $1 and student_id = $2),
events as materialized (select c.* from owners o join change_events c on c.organization_id = $1 and c.subject_id = o.id)
select case when t.entity = 'contacts' and field.key in ('phone', 'email', 'address') then t.subject_id
            when t.entity = 'letters' and field.key = 'address' then l.contact_id end as about,
  jsonb_build_array(to_char(t.at at time zone $3, 'YYYY-MM-DD HH24:MI'), u.first_name || ' ' || u.last_name,
    replace(t.entity, '_', ' ') || coalesce(': ' || c.full_name, ''), replace(field.key, '_', ' '),
    case when t.operation = 'update' and jsonb_typeof(field.value) = 'array' then field.value ->> 0 end,
    case when t.operation = 'update' and jsonb_typeof(field.value) = 'array' then field.value ->> 1 else field.value #>> '{}' end) as cells
from events t cross join jsonb_array_elements(t.changes) as entry cross join jsonb_each(entry - 'id') as field
left join users u on u.id = t.user_id and u.organization_id = $1
left join contacts c on t.entity = 'contacts' and c.organization_id = $1 and c.id = t.subject_id
left join letters l on t.entity = 'letters' and l.organization_id = $1 and l.id::text = entry ->> 'id'
where is_change_of($1, t.entity, t.subject_id, t.changes, array[$2])
  and (t.subject_id = $2 or t.entity = 'contacts' or (t.entity, entry ->> 'id') in (select entity, id from theirs))
order by t.at, t.id, entry ->> 'id', field.key limit 10001
