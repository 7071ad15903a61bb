-- Totals the days of some students anew. $1 the organization, $2 the students.
insert into attendance_totals as m (organization_id, id, student_id, campus_id, since, possible, attended, excused, awaiting,
  lates, minutes_late, first_day, last_day)
select $1, uuid_v7(), coalesce(d.student_id, k.student_id), coalesce(d.campus_id, k.campus_id), coalesce(d.since, k.since), coalesce(d.possible, 0),
       coalesce(d.attended, 0), coalesce(d.excused, 0), coalesce(d.awaiting, 0), coalesce(d.lates, 0), coalesce(d.minutes_late, 0),
       coalesce(d.first_day, k.first_day), coalesce(d.last_day, k.last_day)
from (
  select student_id, campus_id, half_year_of(day) as since, sum(possible * 2) as possible, sum(attended * 2) as attended,
         sum(excused * 2) as excused, sum(awaiting * 2) as awaiting, sum(is_late::int) as lates, sum(minutes_late) as minutes_late,
         min(day) as first_day, max(day) as last_day
  from attendance_days where organization_id = $1 and student_id = any ($2) group by 1, 2, 3
) d
full join (select * from attendance_totals where organization_id = $1 and student_id = any ($2)) k
  on k.student_id = d.student_id and k.campus_id = d.campus_id and k.since = d.since
on conflict (organization_id, student_id, since, campus_id) do update set possible = excluded.possible, attended = excluded.attended,
  excused = excluded.excused, awaiting = excluded.awaiting, lates = excluded.lates, minutes_late = excluded.minutes_late,
  first_day = excluded.first_day, last_day = excluded.last_day
