drop trigger kinds_stay on erasures;
drop function keep_kinds();
create or replace function kept_until(organization uuid, student uuid, today date) returns date language sql stable
return (
  select (left_on(organization, student, today) + make_interval(years => max(retention_years(organization, kind))))::date
  from unnest(enum_range(null::record_kind)) as kind
  where kind = 'particulars'
    or kind = 'attendance' and exists (select from attendance_records r where r.organization_id = organization and r.student_id = student)
    or kind = 'attendance' and exists (select from attendance_days d where d.organization_id = organization and d.student_id = student)
    or kind = 'follow_up' and exists (select from attendance_interventions i where i.organization_id = organization and i.student_id = student)
    or kind = 'follow_up' and exists (select from letters l where l.organization_id = organization and l.student_id = student)
    or kind = 'family' and exists (select from guardians g where g.organization_id = organization and g.student_id = student));
drop function kept_until_of(uuid, uuid, date, record_kind[]);
alter table erasures drop column kinds;
call keep_history('erasures', 'id');
