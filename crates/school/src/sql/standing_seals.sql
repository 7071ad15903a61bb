-- The last seal of every stretch, and whether the stretch fits it still.
select s.number, s.after_id, s.until_id, d.digest = s.digest and d.events = s.events as fits
from (select distinct on (after_id, until_id) * from record_seals where organization_id = $1 order by after_id, until_id, number desc) s,
  lateral record_digest($1, s.after_id, s.until_id) d
order by s.number
