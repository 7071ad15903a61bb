select null::uuid as about, jsonb_build_array(m.day, m.at, m.kind, c.name, m.minutes_late, coalesce(p.full_name, m.collected_by), m.note, m.deleted_at::date) as cells
from attendance_movements m join classes c on c.organization_id = m.organization_id and c.id = m.class_id
left join contacts p on p.organization_id = m.organization_id and p.id = m.contact_id
where m.organization_id = $1 and m.student_id = $2 order by m.day, m.at, m.id limit 10001
