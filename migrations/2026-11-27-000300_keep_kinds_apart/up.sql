-- Each kind of record has its own end: contacts go before marks, and marks before the student.
alter table erasures add column kinds record_kind[] not null default enum_range(null::record_kind)
  check (cardinality(kinds) > 0 and ('particulars' <> all (kinds) or kinds @> enum_range(null::record_kind)));
comment on column erasures.kinds is 'What is to go; with the particulars goes everything, and the student';
alter table erasures alter column kinds drop default;
call keep_history('erasures', 'id');

-- From when on nothing of some kinds need be kept: the longest of the periods of what there is. None while they are here,
-- and where there is nothing of these kinds.
create function kept_until_of(organization uuid, student uuid, today date, kinds record_kind[]) returns date language sql stable
return (
  select (left_on(organization, student, today) + make_interval(years => max(retention_years(organization, kind))))::date
  from unnest(kinds) as kind
  where kind = 'particulars'
    or kind = 'attendance' and exists (select from attendance_records r where r.organization_id = organization and r.student_id = student)
    or kind = 'attendance' and exists (select from attendance_days d where d.organization_id = organization and d.student_id = student)
    or kind = 'attendance' and exists (select from attendance_movements m where m.organization_id = organization and m.student_id = student)
    or kind = 'attendance' and exists (select from planned_absences p where p.organization_id = organization and p.student_id = student)
    or kind = 'follow_up' and exists (select from attendance_interventions i where i.organization_id = organization and i.student_id = student)
    or kind = 'follow_up' and exists (select from letters l where l.organization_id = organization and l.student_id = student)
    or kind = 'family' and exists (select from guardians g where g.organization_id = organization and g.student_id = student)
    or kind = 'family' and exists (select from restrictions b where b.organization_id = organization and b.student_id = student));

-- What is said of an erasure stays said: of what kinds it is, too.
create function keep_kinds() returns trigger language plpgsql as $$
begin
  if new.kinds is distinct from old.kinds then
    raise exception 'what is said of an erasure stays said';
  end if;
  return new;
end $$;
create trigger kinds_stay before update on erasures for each row execute function keep_kinds();
