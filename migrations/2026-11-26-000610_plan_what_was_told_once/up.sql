-- Every save asks this, and as SQL it was planned at each call: 0.5 of the 1.75 ms of three changed marks. In plpgsql its plan is kept.
create or replace function told_of_days(organization uuid, students uuid[], first date, last date)
returns table (student_id uuid, day date, awaits boolean, is_late boolean, minutes_late smallint)
language plpgsql stable set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  return query
  select r.student_id, r.session_date, bool_or(r.status = 'absent' and c.excuse = 'awaiting'), bool_or(r.status = 'late'),
         least(coalesce(sum(r.minutes_late) filter (where r.status = 'late'), 0), 9999)::smallint
  from attendance_records r
  join attendance_sessions s on s.organization_id = r.organization_id and s.id = r.attendance_session_id
  join attendance_codes c on c.organization_id = r.organization_id and c.id = coalesce(r.office_code_id, r.teacher_code_id)
  where r.organization_id = organization and r.student_id = any (students) and r.session_date between first and last
    and r.status in ('absent', 'late') and r.deleted_at is null and s.submitted_at is not null and s.deleted_at is null
  group by r.student_id, r.session_date;
end $$;
