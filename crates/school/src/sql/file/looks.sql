select null::uuid as about, jsonb_build_array(to_char(e.at at time zone $3, 'YYYY-MM-DD HH24:MI'),
  coalesce(u.first_name || ' ' || u.last_name, v.visitor, case when e.user_id is null then 'Belfry itself' else 'Somebody of the platform' end),
  replace(e.action::text, '_', ' '), e.kind, e.page, 'On a visit of the platform: ' || v.reason) as cells
from access_event_subjects s join access_events e on e.organization_id = s.organization_id and e.id = s.event_id
left join users u on u.id = e.user_id and u.organization_id = e.organization_id
left join organization_visits v on v.organization_id = e.organization_id and v.id = e.visit_id
where s.organization_id = $1 and s.student_id = $2 order by e.at, e.id limit 10001
