-- Days whose worth is not what their marks say. $1 the organization, $2 some of its students.
select concat(s.student_number, ' on ', coalesce(c.day, d.day)) as place,
       format('is kept as %s of %s attended, %s excused, %s awaiting word, %s minutes late; its marks make %s of %s attended, %s excused, %s awaiting word, %s minutes late',
         coalesce(d.attended, 0), coalesce(d.possible, 0), coalesce(d.excused, 0), coalesce(d.awaiting, 0), coalesce(d.minutes_late, 0),
         coalesce(c.attended, 0)::numeric(2,1), coalesce(c.possible, 0)::numeric(2,1), coalesce(c.excused, 0)::numeric(2,1),
         coalesce(c.awaiting, 0)::numeric(2,1), coalesce(c.minutes_late, 0)) as complaint
from (select * from attendance_days where organization_id = $1 and student_id = any ($2)) d
full join days_as_told($1, $2, '0001-01-01', '9999-12-31') c on c.student_id = d.student_id and c.day = d.day
join students s on s.organization_id = $1 and s.id = coalesce(c.student_id, d.student_id)
where (coalesce(d.possible, 0), coalesce(d.attended, 0), coalesce(d.excused, 0), coalesce(d.awaiting, 0), coalesce(d.is_late, false), coalesce(d.minutes_late, 0))
  is distinct from (coalesce(c.possible, 0), coalesce(c.attended, 0), coalesce(c.excused, 0), coalesce(c.awaiting, 0), coalesce(c.is_late, false), coalesce(c.minutes_late, 0))
order by s.student_number, coalesce(c.day, d.day)
