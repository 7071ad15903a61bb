-- The latest slot before a mark's in which the child was there; asked only for who is missed in a later slot and of whom the
-- office knows nothing, so that nearly every mark costs nothing.
case when attendance_sessions.slot not in ('day', 'am') and attendance_records.status = 'absent' and attendance_records.office_code_id is null then (
  select before.slot::text from attendance_records earlier
  join attendance_sessions before on before.organization_id = earlier.organization_id and before.id = earlier.attendance_session_id
  where earlier.organization_id = attendance_records.organization_id and earlier.student_id = attendance_records.student_id
    and earlier.session_date = attendance_records.session_date and earlier.status in ('present', 'late')
    and before.slot < attendance_sessions.slot and earlier.deleted_at is null and before.deleted_at is null
  order by before.slot desc limit 1) end
