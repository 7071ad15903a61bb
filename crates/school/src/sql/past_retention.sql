select s.id, s.first_name || ' ' || s.last_name as name, s.student_number::text as number, left_on($1, s.id, $2) as left_on,
  past.until, past.kinds,
  exists (select from erasures e where e.organization_id = $1 and e.student_id = s.id and e.state in ('asked', 'approved') and e.deleted_at is null) as asked
from students s, lateral (
  select min(until) as until, array_agg(kind order by kind) as kinds
    from unnest(enum_range(null::record_kind)) as kind,
      lateral kept_until_of($1, s.id, $2, case kind when 'particulars' then enum_range(null::record_kind) else array[kind] end) as until
   where until <= $2) as past
where s.organization_id = $1 and s.deleted_at is null and past.until is not null
order by past.until, s.id limit $3
