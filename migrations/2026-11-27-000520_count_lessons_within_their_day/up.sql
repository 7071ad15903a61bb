-- A lesson counts for whoever was in it, late or until they left, and not for who had left before: minutes measure days and
-- halves. Of half a day the lessons within its hours count.
create or replace function days_as_told(organization uuid, students uuid[], first date, last date)
returns table (student_id uuid, campus_id uuid, day date, possible numeric, attended numeric, excused numeric, awaiting numeric,
  is_late boolean, minutes_late smallint, derived_from text)
language sql stable as $$
  -- On half a day only one of am and pm is called.
  with called as (
    select m.*, case manner when 1 then halves when 2 then least(halves, 1) else 1 end as portion,
           case when slot = 'pm' then greatest(starts, '12:00') else starts end as opens,
           case when slot = 'am' then least(ends, '12:00') else ends end as closes,
           min(manner) over whole as counted,
           bool_or(awaits) over whole as day_awaits, bool_or(is_late) over whole as day_is_late, sum(minutes_late) over whole as day_late
    from marks_to_count(organization, students, first, last) m where not (halves = 1 and slot = case when starts < '11:00' then 'pm' else 'am' end)
      and not (halves = 1 and manner = 3 and (slot < left(starts::text, 5) or slot >= left(ends::text, 5)))
    window whole as (partition by m.student_id, m.day)),
  measured as (
    select called.*, extract(epoch from closes - opens) / 60 as length,
           extract(epoch from least(coalesce(left_at, closes), closes) - greatest(coalesce(came, opens), opens)) / 60 as stayed
    from called where manner = counted),
  slots as (
    select m.student_id, min(m.campus_id::text)::uuid as campus_id, m.day, slot, manner, max(halves) as halves, max(portion) as portion,
           max(half_day) as half_day, max(full_day) as full_day, max(length) as length, bool_or(is_excused) as is_excused,
           bool_or(day_awaits) as awaits, bool_or(day_is_late) as is_late, max(day_late) as minutes_late,
           max(case when presence = 'absent' or manner = 3 and left(left_at::text, 5) <= slot then 0 when manner = 3 or came is null and left_at is null then case when presence = 'partial' then (portion + 1) / 2 else portion end
             when portion = 2 then (stayed >= least(full_day, length * 0.75))::int + (stayed >= least(half_day, length * 0.5))::int
             else portion * (stayed >= least(half_day, length * 0.75))::int end) as worth
    from measured m group by m.student_id, m.day, slot, manner),
  sums as (
    select s.student_id, min(s.campus_id::text)::uuid as campus_id, s.day, manner, max(halves) as halves, sum(portion) as portions,
           sum(worth) as worth, sum(worth)::numeric / greatest(sum(portion), 1) * max(length) as stayed, max(length) as length,
           max(half_day) as half_day, max(full_day) as full_day, bool_and(is_excused or worth = portion) as is_excused,
           sum((portion - worth) * is_excused::int) as excused, string_agg(slot, ', ' order by slot) as called, count(*) as lessons,
           bool_or(awaits) as awaits, bool_or(is_late) as is_late, max(minutes_late) as minutes_late
    from slots s group by s.student_id, s.day, manner),
  days as (
    select sums.*, case manner when 3 then halves else least(halves, portions) end as possible,
           case when manner < 3 then worth when worth = portions then halves
             when halves = 2 then (stayed >= least(full_day, length * 0.75))::int + (stayed >= least(half_day, length * 0.5))::int
             else (stayed >= least(half_day, length * 0.75))::int end as attended
    from sums),
  halved as (
    select d.*, d.possible / 2.0 as had, least(d.attended, d.possible) / 2.0 as was_there,
           case when manner = 3 then (d.possible - d.attended) * is_excused::int else least(d.excused, d.possible - d.attended) end / 2.0 as was_excused
    from days d)
  select h.student_id, h.campus_id, h.day, had, was_there, was_excused, case when awaits then had - was_there - was_excused else 0 end,
         had > 0 and is_late, case when had > 0 then least(coalesce(minutes_late, 0), 9999) else 0 end::smallint,
         case when manner = 3 then worth || ' of ' || lessons || ' lessons' else called end
  from halved h
$$;
