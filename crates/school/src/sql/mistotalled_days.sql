-- Totals that are not what their days add up to. $1 the organization, $2 some of its students.
select concat(s.student_number, ' in the half-year from ', coalesce(d.since, m.since)) as place,
       format('is totalled as %s of %s halves attended; its days make %s of %s',
         coalesce(m.attended, 0), coalesce(m.possible, 0), coalesce(d.attended, 0), coalesce(d.possible, 0)) as complaint
from (select * from attendance_totals where organization_id = $1 and student_id = any ($2)) m
full join (
  select student_id, campus_id, half_year_of(day) as since, sum(possible * 2)::int as possible, sum(attended * 2)::int as attended,
         sum(excused * 2)::int as excused, sum(awaiting * 2)::int as awaiting, sum(is_late::int)::int as lates, sum(minutes_late)::int as minutes_late,
         min(day) as first_day, max(day) as last_day
  from attendance_days where organization_id = $1 and student_id = any ($2) group by 1, 2, 3
) d on d.student_id = m.student_id and d.campus_id = m.campus_id and d.since = m.since
join students s on s.organization_id = $1 and s.id = coalesce(m.student_id, d.student_id)
where (coalesce(m.possible, 0), coalesce(m.attended, 0), coalesce(m.excused, 0), coalesce(m.awaiting, 0), coalesce(m.lates, 0), coalesce(m.minutes_late, 0))
  is distinct from (coalesce(d.possible, 0), coalesce(d.attended, 0), coalesce(d.excused, 0), coalesce(d.awaiting, 0), coalesce(d.lates, 0), coalesce(d.minutes_late, 0))
  or d.possible > 0 and (m.first_day > d.first_day or m.last_day < d.last_day)
order by s.student_number, 1
