select null::uuid as about, jsonb_build_array(t.since, c.name, t.possible / 2.0, t.attended / 2.0, t.excused / 2.0, t.awaiting / 2.0, t.lates, t.minutes_late, t.first_day, t.last_day) as cells
from attendance_totals t join campuses c on c.organization_id = t.organization_id and c.id = t.campus_id
where t.organization_id = $1 and t.student_id = $2 order by t.since, t.id limit 10001
