select null::uuid as about, jsonb_build_array(u.first_name || ' ' || u.last_name, a.access_level, a.starts_on, a.ends_on, a.reason, a.deleted_at::date) as cells
from user_students a left join users u on u.id = a.user_id and u.organization_id = a.organization_id
where a.organization_id = $1 and a.student_id = $2 order by a.starts_on, a.id limit 10001
