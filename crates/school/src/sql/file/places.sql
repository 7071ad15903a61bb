select null::uuid as about, jsonb_build_array(e.enters_on, e.leaves_on, c.name, y.name, g.name, e.entry_reason, e.exit_reason, e.deleted_at::date) as cells
from school_enrollments e
join campuses c on c.organization_id = e.organization_id and c.id = e.campus_id
join academic_years y on y.organization_id = e.organization_id and y.id = e.academic_year_id
left join grades g on g.organization_id = e.organization_id and g.id = e.grade_id
where e.organization_id = $1 and e.student_id = $2 order by e.enters_on, e.id limit 10001
