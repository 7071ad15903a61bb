select null::uuid as about, jsonb_build_array(e.enrolled_on, e.ended_on, c.name, y.name, e.status, e.deleted_at::date) as cells
from class_enrollments e
join classes c on c.organization_id = e.organization_id and c.id = e.class_id
join academic_years y on y.organization_id = c.organization_id and y.id = c.academic_year_id
where e.organization_id = $1 and e.student_id = $2 order by e.enrolled_on, e.id limit 10001
