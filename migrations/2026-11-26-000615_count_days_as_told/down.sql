create function days_as_counted(organization uuid, students uuid[], first date, last date)
returns table (student_id uuid, campus_id uuid, day date, possible numeric, attended numeric, excused numeric, derived_from text)
language sql stable as $$
  with marks as (
    select r.student_id, s.campus_id, r.session_date as day, s.slot, c.presence, c.excuse = 'excused' as is_excused, left_at,
           coalesce(r.arrived_at, case when c.timing = 'late' then p.late_after + r.minutes_late * interval '1 minute' end) as came,
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
    where r.organization_id = organization and r.student_id = any (students) and r.session_date between first and last
      and r.deleted_at is null and s.submitted_at is not null and s.deleted_at is null),
  -- On half a day only one of am and pm is called.
  called as (
    select m.*, case manner when 1 then halves when 2 then least(halves, 1) else 1 end as portion,
           case when slot = 'pm' then greatest(starts, '12:00') else starts end as opens,
           case when slot = 'am' then least(ends, '12:00') else ends end as closes,
           min(manner) over (partition by m.student_id, m.day) as counted
    from marks m where not (halves = 1 and slot = case when starts < '11:00' then 'pm' else 'am' end)),
  measured as (
    select called.*, extract(epoch from closes - opens) / 60 as length,
           extract(epoch from least(coalesce(left_at, closes), closes) - greatest(coalesce(came, opens), opens)) / 60 as stayed
    from called where manner = counted),
  slots as (
    select m.student_id, min(m.campus_id::text)::uuid as campus_id, m.day, slot, manner, max(halves) as halves, max(portion) as portion,
           max(half_day) as half_day, max(full_day) as full_day, max(length) as length, bool_or(is_excused) as is_excused,
           max(case when presence = 'absent' then 0 when came is null and left_at is null then case when presence = 'partial' then (portion + 1) / 2 else portion end
             when portion = 2 then (stayed >= least(full_day, length * 0.75))::int + (stayed >= least(half_day, length * 0.5))::int
             else portion * (stayed >= least(half_day, length * 0.75))::int end) as worth
    from measured m group by m.student_id, m.day, slot, manner),
  sums as (
    select s.student_id, min(s.campus_id::text)::uuid as campus_id, s.day, manner, max(halves) as halves, sum(portion) as portions,
           sum(worth) as worth, sum(worth)::numeric / greatest(sum(portion), 1) * max(length) as stayed, max(length) as length,
           max(half_day) as half_day, max(full_day) as full_day, bool_and(is_excused or worth = portion) as is_excused,
           sum((portion - worth) * is_excused::int) as excused, string_agg(slot, ', ' order by slot) as called, count(*) as lessons
    from slots s group by s.student_id, s.day, manner),
  days as (
    select sums.*, case manner when 3 then halves else least(halves, portions) end as possible,
           case when manner < 3 then worth when worth = portions then halves
             when halves = 2 then (stayed >= least(full_day, length * 0.75))::int + (stayed >= least(half_day, length * 0.5))::int
             else (stayed >= least(half_day, length * 0.75))::int end as attended
    from sums)
  select d.student_id, d.campus_id, d.day, d.possible / 2.0, least(d.attended, d.possible) / 2.0,
         case when manner = 3 then (d.possible - d.attended) * is_excused::int else least(d.excused, d.possible - d.attended) end / 2.0,
         case when manner = 3 then worth || ' of ' || lessons || ' lessons' else called end
  from days d
$$;

create function told_of_days(organization uuid, students uuid[], first date, last date)
returns table (student_id uuid, day date, awaits boolean, is_late boolean, minutes_late smallint)
language sql stable set search_path = public, pg_temp as $$
  select r.student_id, r.session_date, bool_or(r.status = 'absent' and c.excuse = 'awaiting'), bool_or(r.status = 'late'),
         least(coalesce(sum(r.minutes_late) filter (where r.status = 'late'), 0), 9999)::smallint
  from attendance_records r
  join attendance_sessions s on s.organization_id = r.organization_id and s.id = r.attendance_session_id
  join attendance_codes c on c.organization_id = r.organization_id and c.id = coalesce(r.office_code_id, r.teacher_code_id)
  where r.organization_id = organization and r.student_id = any (students) and r.session_date between first and last
    and r.status in ('absent', 'late') and r.deleted_at is null and s.submitted_at is not null and s.deleted_at is null
  group by r.student_id, r.session_date
$$;

create or replace function count_days(organization uuid, students uuid[], first date, last date) returns integer
language plpgsql set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  changed integer;
begin
  perform from students s where s.organization_id = organization and s.id = any (count_days.students)
    order by s.id for no key update;
  with counted as materialized (
    select c.*, case when t.awaits then c.possible - c.attended - c.excused else 0 end as awaiting,
           c.possible > 0 and coalesce(t.is_late, false) as is_late, case when c.possible > 0 then coalesce(t.minutes_late, 0) else 0 end as minutes_late
    from days_as_counted(organization, count_days.students, count_days.first, count_days.last) c
    left join told_of_days(organization, count_days.students, count_days.first, count_days.last) t using (student_id, day)),
  emptied as (
    update attendance_days d set possible = 0, attended = 0, excused = 0, awaiting = 0, is_late = false, minutes_late = 0, derived_from = 'no register'
    where d.organization_id = organization and d.student_id = any (count_days.students)
      and d.day between count_days.first and count_days.last and d.possible > 0
      and not exists (select from counted c where c.student_id = d.student_id and c.day = d.day))
  insert into attendance_days as d (organization_id, id, student_id, campus_id, day, possible, attended, excused, awaiting, is_late, minutes_late, derived_from)
  select organization, gen_random_uuid(), c.student_id, c.campus_id, c.day, c.possible, c.attended, c.excused, c.awaiting, c.is_late, c.minutes_late, c.derived_from
  from counted c
  on conflict (organization_id, student_id, day) do update set campus_id = excluded.campus_id, possible = excluded.possible, attended = excluded.attended,
    excused = excluded.excused, awaiting = excluded.awaiting, is_late = excluded.is_late, minutes_late = excluded.minutes_late, derived_from = excluded.derived_from
    where (d.campus_id, d.possible, d.attended, d.excused, d.awaiting, d.is_late, d.minutes_late, d.derived_from)
      is distinct from (excluded.campus_id, excluded.possible, excluded.attended, excluded.excused, excluded.awaiting, excluded.is_late, excluded.minutes_late, excluded.derived_from);
  get diagnostics changed = row_count;
  return changed;
end $$;
revoke execute on function days_as_counted(uuid, uuid[], date, date), told_of_days(uuid, uuid[], date, date) from public;
grant execute on function days_as_counted(uuid, uuid[], date, date), told_of_days(uuid, uuid[], date, date) to belfry_app;
