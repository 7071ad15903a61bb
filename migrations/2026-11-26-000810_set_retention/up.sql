-- How long records are kept after a student left, by kind of record; where a school says nothing, the usual years hold.
create type record_kind as enum ('particulars', 'attendance', 'follow_up', 'family');
create table retention_periods (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  kind record_kind not null, years smallint not null check (years between 1 and 100)
);
comment on column retention_periods.years is 'Whole years after the last day at the school';
call make_tenant_table('retention_periods');
create unique index retention_periods_kind on retention_periods (organization_id, kind);

create function retention_years(organization uuid, of_kind record_kind) returns integer language sql stable
return coalesce((select years from retention_periods where organization_id = organization and kind = of_kind),
  case of_kind when 'particulars' then 7 when 'attendance' then 5 when 'follow_up' then 3 when 'family' then 1 end);

-- The last day of a student who has left; none while they have a place, or will have one.
create function left_on(organization uuid, student uuid, today date) returns date language sql stable
return (
  select case
    when exists (select from school_enrollments e where e.organization_id = organization and e.student_id = student
      and e.deleted_at is null and (e.leaves_on is null or e.leaves_on >= today)) then null
    else coalesce((select max(leaves_on) from school_enrollments e where e.organization_id = organization
      and e.student_id = student and e.deleted_at is null), s.enrollment_date, s.created_at::date) end
  from students s where s.organization_id = organization and s.id = student);

-- From when on nothing of a student need be kept: the longest of the periods of what there is. None while they are here.
create function kept_until(organization uuid, student uuid, today date) returns date language sql stable
return (
  select (left_on(organization, student, today) + make_interval(years => max(retention_years(organization, kind))))::date
  from unnest(enum_range(null::record_kind)) as kind
  where kind = 'particulars'
    or kind = 'attendance' and exists (select from attendance_records r where r.organization_id = organization and r.student_id = student)
    or kind = 'attendance' and exists (select from attendance_days d where d.organization_id = organization and d.student_id = student)
    or kind = 'follow_up' and exists (select from attendance_interventions i where i.organization_id = organization and i.student_id = student)
    or kind = 'follow_up' and exists (select from letters l where l.organization_id = organization and l.student_id = student)
    or kind = 'family' and exists (select from guardians g where g.organization_id = organization and g.student_id = student));
