-- Marks of many registers that another system took, kept together: a year of a school is 100,000 of them. Their registers
-- are there already. What the days are worth is counted by whoever calls this, once for all of them.
create function bring_marks(organization uuid, marks jsonb) returns integer
language plpgsql set search_path = public, pg_temp as $$
declare
  kept integer;
begin
  insert into attendance_records as r (organization_id, id, attendance_session_id, session_date, student_id,
    teacher_code_id, office_code_id, status, minutes_late, remarks, office_set_at)
  select organization, m.id, m.session, m.day, m.student, m.teacher_code, m.office_code, m.status, m.minutes, m.remark, m.office_at
  from jsonb_to_recordset(marks) as m (id uuid, session uuid, day date, student uuid, teacher_code uuid, office_code uuid,
    status attendance_status, minutes smallint, remark text, office_at timestamptz)
  on conflict (organization_id, attendance_session_id, student_id) do update set
    teacher_code_id = excluded.teacher_code_id, office_code_id = excluded.office_code_id, is_here = false,
    status = excluded.status, minutes_late = excluded.minutes_late, arrived_at = null, left_at = null,
    remarks = excluded.remarks, office_set_at = excluded.office_set_at, version = r.version + 1;
  get diagnostics kept = row_count;
  return kept;
end $$;
revoke execute on function bring_marks(uuid, jsonb) from public;
grant execute on function bring_marks(uuid, jsonb) to belfry_app;
