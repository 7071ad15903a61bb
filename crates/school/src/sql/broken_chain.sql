-- Seals that do not follow from the one before, leave something out, or were made anew without an erasure.
select 'seal ' || number as place, case
  when number <> row then 'follows upon one that is missing'
  when chain is distinct from chained(before, s) then 'does not follow from the one before'
  when erasure_id is null then 'leaves something out between it and the one before'
  else 'names an erasure that was not carried out' end as complaint
from (
  select s, s.number, s.chain, s.erasure_id, row_number() over (order by s.number) as row, lag(s.chain) over (order by s.number) as before, s.after_id,
    max(s.until_id::text) filter (where s.erasure_id is null) over (order by s.number rows between unbounded preceding and 1 preceding) as sealed
  from record_seals s where s.organization_id = $1) seals
where number <> row or chain is distinct from chained(before, s)
  or erasure_id is null and after_id::text <> coalesce(sealed, '00000000-0000-0000-0000-000000000000')
  or erasure_id is not null and not exists (select from erasures e where e.organization_id = $1 and e.id = erasure_id and e.state = 'carried_out')
order by number
