-- Ninety-nine more organizations, each half of the one that is measured, day by day as a hundred schools would write them.
-- Run as a superuser, who may leave out foreign keys and history: their rows are copies.
\set ON_ERROR_STOP on
set session_replication_role = replica;
set synchronous_commit = off;
create temporary table others as select gen_random_uuid() as id, n from generate_series(1, 99) n;
insert into organizations (id, slug, name, time_zone) select id, 'other-' || n, 'Other ' || n, 'UTC' from others;

-- A copy's id follows from the organization's and the original's.
create function pg_temp.copied(organization uuid, original uuid) returns uuid language sql immutable
return md5(organization::text || original::text)::uuid;

create procedure pg_temp.copy_rows(place regclass, filter text) language plpgsql as $$
declare
  columns text;
  copies text;
begin
  select string_agg(quote_ident(attname), ', ' order by attnum),
         string_agg(case when attname = 'organization_id' then 'others.id'
           when attname in ('created_by_id', 'updated_by_id') then 'null'
           when atttypid = 'uuid'::regtype then format('pg_temp.copied(others.id, place.%I)', attname)
           else format('place.%I', attname) end, ', ' order by attnum)
    into columns, copies
    from pg_attribute where attrelid = place and attnum > 0 and not attisdropped and attgenerated = '';
  execute format('insert into %s (%s) select %s from %s place, others where place.organization_id =
    (select id from organizations where slug = ''bench'') and %s', place, columns, copies, place, filter);
end $$;

do $$
declare
  place regclass;
begin
  foreach place in array array['campuses', 'campus_attendance_config', 'academic_years', 'grades', 'attendance_codes', 'staff',
      'contacts', 'guardians', 'class_staff']::regclass[] loop
    call pg_temp.copy_rows(place, 'true');
  end loop;
  call pg_temp.copy_rows('classes', 'right(name, 1) in (''0'', ''2'', ''4'', ''6'', ''8'')');
  foreach place in array array['students', 'school_enrollments', 'class_enrollments']::regclass[] loop
    call pg_temp.copy_rows(place, format('place.%I in (select student_id from class_enrollments e join classes c on c.id = e.class_id
      where right(c.name, 1) in (''0'', ''2'', ''4'', ''6'', ''8''))', case place::text when 'students' then 'id' else 'student_id' end));
  end loop;
end $$;
create temporary table half as select e.student_id, e.class_id from class_enrollments e join classes c on c.id = e.class_id
  where c.organization_id = (select id from organizations where slug = 'bench') and right(c.name, 1) in ('0', '2', '4', '6', '8');
select format('call pg_temp.copy_rows(%L, %L)', place, format(filter, current_date - d))
from generate_series(120, 0, -1) d,
  (values (1, 'attendance_sessions', 'session_date = %L and class_id in (select class_id from half)'),
          (2, 'attendance_records', 'session_date = %L and student_id in (select student_id from half)'),
          (3, 'attendance_days', 'day = %L and student_id in (select student_id from half)')) t (n, place, filter)
order by d desc, n \gexec
vacuum analyze;
