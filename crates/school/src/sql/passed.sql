-- Which way the child of a mark last passed the front desk that day; asked for the same marks as seen_in.sql.
case when attendance_sessions.slot not in ('day', 'am') and attendance_records.status = 'absent' and attendance_records.office_code_id is null then (
  select passing.kind from attendance_movements passing
  where passing.organization_id = attendance_records.organization_id and passing.student_id = attendance_records.student_id
    and passing.day = attendance_records.session_date and passing.deleted_at is null
  order by passing.created_at desc, passing.id desc limit 1) end
