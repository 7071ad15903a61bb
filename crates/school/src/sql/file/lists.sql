select null::uuid as about, jsonb_build_array(l.day, l.kind, l.name, h.name, t.is_there) as cells
from roll_call_entries e
join roll_calls l on l.organization_id = e.organization_id and l.id = e.roll_call_id
left join headcounts h on h.organization_id = l.organization_id and h.roll_call_id = l.id
left join headcount_ticks t on t.organization_id = h.organization_id and t.headcount_id = h.id and t.student_id = e.student_id
where e.organization_id = $1 and e.student_id = $2 order by l.day, l.id, h.begun_at limit 10001
