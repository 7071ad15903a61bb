create or replace function marks_to_count(organization uuid, students uuid[], first date, last date)
returns table (student_id uuid, campus_id uuid, day date, slot varchar, presence code_presence, is_excused boolean, left_at time,
  awaits boolean, is_late boolean, minutes_late smallint, came time, starts time, ends time, halves integer,
  half_day integer, full_day integer, manner integer)
language sql stable as $$
  select r.student_id, s.campus_id, r.session_date as day, s.slot, c.presence, c.excuse = 'excused' as is_excused, left_at,
         r.status = 'absent' and c.excuse = 'awaiting' as awaits, r.status = 'late' or l.and_left as is_late,
         case when r.status = 'late' or l.and_left then r.minutes_late end as minutes_late,
         coalesce(r.arrived_at, case when (c.timing = 'late' or l.and_left) and r.minutes_late is not null then least(begins.at::interval + r.minutes_late * interval '1 minute', '23:59')::time end) as came,
         coalesce(e.starts_at, k.day_starts_at) as starts, coalesce(e.ends_at, k.day_ends_at) as ends,
         case e.kind when 'half_day' then 1 when 'holiday' then 0 when 'closure' then 0 else 2 end as halves,
         coalesce(p.half_day_minutes, 120) as half_day, coalesce(p.full_day_minutes, 240) as full_day,
         case when s.slot = 'day' then 1 when s.slot in ('am', 'pm') then 2 else 3 end as manner
  from attendance_records r
  join attendance_sessions s on s.organization_id = r.organization_id and s.id = r.attendance_session_id
  join attendance_codes c on c.organization_id = r.organization_id and c.id = coalesce(r.office_code_id, r.teacher_code_id)
  join campuses k on k.organization_id = s.organization_id and k.id = s.campus_id
  left join calendar_days e on e.organization_id = s.organization_id and e.campus_id = s.campus_id
    and e.day = r.session_date and e.deleted_at is null
  left join lateral (
    select f.late_after, f.half_day_minutes, f.full_day_minutes from campus_attendance_config f
    where f.organization_id = s.organization_id and f.campus_id = s.campus_id and f.applies_from <= r.session_date
      and f.deleted_at is null order by f.applies_from desc limit 1) p on true
  cross join lateral (select r.status = 'left_early' and r.minutes_late is not null as and_left) l
  cross join lateral (
    select case when s.slot in ('day', 'am', 'pm') then greatest(coalesce(p.late_after, k.day_starts_at),
        case when e.kind = 'half_day' then coalesce(e.starts_at, k.day_starts_at) end, case when s.slot = 'pm' then time '12:00' end)
      else s.slot::time end as at) begins
  where r.organization_id = organization and r.student_id = any (students) and r.session_date between first and last
    and r.deleted_at is null and s.submitted_at is not null and s.deleted_at is null
$$;
