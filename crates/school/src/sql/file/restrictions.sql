select coalesce(r.contact_id, r.id) as about, jsonb_build_array(coalesce(c.full_name, r.person_name), r.bars_contact, r.bars_collection, r.bars_records,
  r.bars_address, r.starts_on, r.ends_on, r.court_paper, r.deleted_at::date) as cells
from restrictions r left join contacts c on c.organization_id = r.organization_id and c.id = r.contact_id
where r.organization_id = $1 and r.student_id = $2 order by r.starts_on, r.id limit 10001
