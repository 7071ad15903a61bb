select l.contact_id as about, jsonb_build_array(l.written_on, l.addressee, l.address, l.language, l.subject, l.body, l.deleted_at::date) as cells
from letters l where l.organization_id = $1 and l.student_id = $2 order by l.written_on, l.id limit 10001
