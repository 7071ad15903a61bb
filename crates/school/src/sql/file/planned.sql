select null::uuid as about, jsonb_build_array(a.starts_on, a.ends_on, a.starts_at, a.ends_at, k.name, a.reason, a.told_by, a.deleted_at::date) as cells
from planned_absences a join attendance_codes k on k.organization_id = a.organization_id and k.id = a.attendance_code_id
where a.organization_id = $1 and a.student_id = $2 order by a.starts_on, a.id limit 10001
