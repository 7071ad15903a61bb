select null::uuid as about, jsonb_build_array(to_char(d.given_at at time zone $3, 'YYYY-MM-DD HH24:MI'), d.recipient_name, d.ground, d.purpose, u.first_name || ' ' || u.last_name, d.sha256) as cells
from disclosures d left join users u on u.id = d.created_by_id and u.organization_id = d.organization_id
where d.organization_id = $1 and d.student_id = $2 order by d.given_at, d.id limit 10001
