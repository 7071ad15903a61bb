select null::uuid as about, jsonb_build_array(x.source_system, x.kind, x.external_id, x.is_gone) as cells
from external_ids x
where x.organization_id = $1 and x.entity_id = $2 order by x.source_system, x.id limit 10001
