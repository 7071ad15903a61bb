-- Everything up to a moment that is not sealed yet; nothing where nothing happened.
select s.number, s.chain
from seal_stretch($1, coalesce((select max(until_id::text) from record_seals where organization_id = $1), '00000000-0000-0000-0000-000000000000')::uuid,
  $2, null) s
where s.number is not null
