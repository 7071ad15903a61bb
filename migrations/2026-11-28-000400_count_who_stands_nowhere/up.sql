-- Students with days of which no class or grade says where they stood are counted, too: in the line of nowhere, and in all.
create or replace function attendance_between(organization uuid, everywhere boolean, campuses uuid[], grouped_by text, first date, last date)
returns table (place uuid, is_all boolean, enrolled bigint, possible bigint, attended bigint, excused bigint, awaiting bigint, lates bigint, minutes_late bigint)
language plpgsql stable set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  return query
  -- Where students stand from a day on and until a day: in a homeroom, in a grade, or at a campus.
  with places as materialized (
    select e.student_id, c.id as place, e.enrolled_on as starts, coalesce(e.ended_on, 'infinity') as ends
    from class_enrollments e join classes c on c.organization_id = e.organization_id and c.id = e.class_id
    where grouped_by = 'class' and e.organization_id = organization and e.enrolled_on <= attendance_between.last
      and (e.ended_on is null or e.ended_on >= attendance_between.first) and e.deleted_at is null
      and c.kind = 'homeroom' and c.deleted_at is null and (everywhere or c.campus_id = any (campuses))
    union all
    select e.student_id, case grouped_by when 'grade' then e.grade_id else e.campus_id end, e.enters_on, coalesce(e.leaves_on, 'infinity')
    from school_enrollments e
    where grouped_by <> 'class' and e.organization_id = organization and e.enters_on <= attendance_between.last
      and (e.leaves_on is null or e.leaves_on >= attendance_between.first) and e.deleted_at is null
      and e.is_main and (everywhere or e.campus_id = any (campuses))),
  placed as materialized (
    select t.student_id, t.campus_id, t.first_day, t.last_day, t.possible, t.attended, t.excused, t.awaiting, t.lates, t.minutes_late,
      case grouped_by when 'campus' then t.campus_id else p.place end as place, p.student_id is not null as stood
    from attendance_totals t left join places p on p.student_id = t.student_id and p.starts <= t.first_day and p.ends >= t.last_day
      and t.first_day >= attendance_between.first and t.last_day <= attendance_between.last
    where t.organization_id = organization and t.since <= attendance_between.last and t.since > attendance_between.first - 190
      and t.first_day <= attendance_between.last and t.last_day >= attendance_between.first and (everywhere or t.campus_id = any (campuses))),
  parts as materialized (
    select student_id, place, possible, attended, excused, awaiting, lates, minutes_late from placed where stood
    union all
    select d.student_id, case grouped_by when 'campus' then d.campus_id else p.place end, (d.possible * 2)::int, (d.attended * 2)::int, (d.excused * 2)::int,
      (d.awaiting * 2)::int, d.is_late::int, d.minutes_late
    from placed x join attendance_days d on d.organization_id = organization and d.student_id = x.student_id and d.campus_id = x.campus_id
      and d.day between greatest(x.first_day, attendance_between.first) and least(x.last_day, attendance_between.last)
    left join places p on p.student_id = d.student_id and d.day between p.starts and p.ends where not x.stood),
  added as (
    select place, grouping(place) = 1 as is_all, sum(possible)::bigint as possible, sum(attended)::bigint as attended, sum(excused)::bigint as excused,
      sum(awaiting)::bigint as awaiting, sum(lates)::bigint as lates, sum(minutes_late)::bigint as minutes_late
    from parts group by grouping sets ((place), ())),
  counted as (select place, grouping(place) = 1 as is_all, count(distinct student_id) as enrolled
    from (select student_id, place from places union all select student_id, place from parts where place is null and possible > 0) stood group by grouping sets ((place), ()))
  select coalesce(a.place, c.place), coalesce(a.is_all, c.is_all), coalesce(c.enrolled, 0), coalesce(a.possible, 0), coalesce(a.attended, 0),
    coalesce(a.excused, 0), coalesce(a.awaiting, 0), coalesce(a.lates, 0), coalesce(a.minutes_late, 0)
  from added a full join counted c on c.is_all = a.is_all and c.place is not distinct from a.place;
end $$;
