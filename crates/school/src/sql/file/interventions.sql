select null::uuid as about, jsonb_build_array(i.happened_on, i.kind, coalesce(c.full_name, i.with_name), i.outcome, i.note, i.look_again_on,
  i.corrected_because, i.withdrawn_because, u.first_name || ' ' || u.last_name) as cells
from attendance_interventions i
left join contacts c on c.organization_id = i.organization_id and c.id = i.contact_id
left join users u on u.id = i.created_by_id and u.organization_id = i.organization_id
where i.organization_id = $1 and i.student_id = $2 order by i.happened_on, i.id limit 10001
