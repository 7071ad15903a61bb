-- As before, and the campus is held first: whoever declares a closure or a holiday or sets a policy meanwhile waits and counts
-- these marks too, and whoever marks after them counts by what they declared. The campus before the session, as closures do.
create or replace function keep_marks(organization uuid, session uuid, day date, marks jsonb) returns uuid[]
language plpgsql set search_path = public, pg_temp as $$
declare
  kept uuid[];
  is_in boolean;
begin
  perform 1 from campuses k where k.organization_id = organization and k.id =
    (select s.campus_id from attendance_sessions s where s.organization_id = organization and s.id = session) for share;
  select submitted_at is not null into is_in from attendance_sessions s where s.organization_id = organization and s.id = session for share;
  with upserted as (
    insert into attendance_records as r (organization_id, id, attendance_session_id, session_date, student_id,
      teacher_code_id, office_code_id, is_here, status, minutes_late, arrived_at, left_at, remarks, office_note,
      office_set_at, version)
    select organization, m.id, session, day, m.student_id,
      m.teacher_code_id, m.office_code_id, m.is_here, m.status, m.minutes_late, m.arrived_at, m.left_at, m.remarks, m.office_note,
      m.office_set_at, m.version
    from jsonb_to_recordset(marks) as m (id uuid, student_id uuid, teacher_code_id uuid, office_code_id uuid,
      is_here boolean, status attendance_status, minutes_late smallint, arrived_at time, left_at time,
      remarks text, office_note text, office_set_at timestamptz, version integer)
    on conflict (organization_id, attendance_session_id, student_id) do update set
      teacher_code_id = excluded.teacher_code_id, office_code_id = excluded.office_code_id, is_here = excluded.is_here,
      status = excluded.status, minutes_late = excluded.minutes_late, arrived_at = excluded.arrived_at,
      left_at = excluded.left_at, remarks = excluded.remarks, office_note = excluded.office_note,
      office_set_at = excluded.office_set_at, version = excluded.version,
      deleted_at = null
      where r.version + 1 = excluded.version
    returning r.student_id)
  select array_agg(student_id) into kept from upserted;
  if is_in and kept is not null then
    perform count_days(organization, kept, day, day);
  end if;
  return coalesce(kept, '{}');
end $$;
