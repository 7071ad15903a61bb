select null::uuid as about, jsonb_build_array(d.day, c.name, d.possible / 2.0, d.attended / 2.0, d.excused / 2.0, d.awaiting / 2.0, d.is_late, d.minutes_late) as cells
from attendance_days d join campuses c on c.organization_id = d.organization_id and c.id = d.campus_id
where d.organization_id = $1 and d.student_id = $2 order by d.day, d.id limit 10001
