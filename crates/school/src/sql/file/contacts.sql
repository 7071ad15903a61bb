select g.contact_id as about, jsonb_build_array(c.full_name, g.relationship, c.phone, c.email, c.address, c.language,
  g.primary_contact, g.lives_with, g.has_custody, g.may_collect, g.may_see_records, g.receives_mail, g.emergency, g.deleted_at::date) as cells
from guardians g join contacts c on c.organization_id = g.organization_id and c.id = g.contact_id
where g.organization_id = $1 and g.student_id = $2 order by g.position, g.id limit 10001
