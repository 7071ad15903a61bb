select null::uuid as about, jsonb_build_array(r.session_date, c.name, s.slot, t.name, o.name, r.minutes_late, r.arrived_at, r.left_at, r.remarks, r.office_note) as cells
from attendance_records r
join attendance_sessions s on s.organization_id = r.organization_id and s.id = r.attendance_session_id
join classes c on c.organization_id = s.organization_id and c.id = s.class_id
left join attendance_codes t on t.organization_id = r.organization_id and t.id = r.teacher_code_id
left join attendance_codes o on o.organization_id = r.organization_id and o.id = r.office_code_id
where r.organization_id = $1 and r.student_id = $2 order by r.session_date, s.slot, r.id limit 10001
