select null::uuid as about, jsonb_build_array(to_char(e.at at time zone $3, 'YYYY-MM-DD HH24:MI'), u.first_name || ' ' || u.last_name, replace(e.action::text, '_', ' '), e.kind, e.page) as cells
from access_event_subjects s join access_events e on e.organization_id = s.organization_id and e.id = s.event_id
left join users u on u.id = e.user_id and u.organization_id = e.organization_id
where s.organization_id = $1 and s.student_id = $2 order by e.at, e.id limit 10001
