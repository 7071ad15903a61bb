select s.id, s.first_name || ' ' || s.last_name as name, s.student_number::text as number, left_on($1, s.id, $2) as left_on, until,
  exists (select from erasures e where e.organization_id = $1 and e.student_id = s.id and e.state in ('asked', 'approved') and e.deleted_at is null) as asked
from students s, lateral kept_until($1, s.id, $2) as until
where s.organization_id = $1 and s.deleted_at is null and until <= $2
order by until, s.id limit $3
