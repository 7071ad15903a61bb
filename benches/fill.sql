-- One organization to measure with: homerooms of 25 students (40 unless `homerooms` says otherwise), 120 days of registers
-- with what their days are worth, and today's half taken. Run as the owner, after `belfry organization create --slug bench` and one user whose password
-- everybody shares.
\set ON_ERROR_STOP on
\if :{?homerooms}
\else
\set homerooms 40
\endif
select set_config('app.organization_id', id::text, false) from organizations where slug = 'bench' \gset
\set org 'nullif(current_setting(''app.organization_id''), '''')::uuid'
set client_min_messages = error;

insert into campuses (organization_id, id, name, code) values (:org, uuid_v7(), 'Bench', 'B');
insert into campus_attendance_config (organization_id, id, campus_id, applies_from)
select :org, uuid_v7(), id, current_date - 200 from campuses;
insert into academic_years (organization_id, id, name, start_date, end_date, current, school_weekdays)
values (:org, uuid_v7(), 'Bench', current_date - 200, current_date + 200, true, '{0,1,2,3,4,5,6}');
insert into grades (organization_id, id, name, code, sort_order)
select :org, uuid_v7(), 'Grade ' || n, n, n from generate_series(1, 10) n;

-- A teacher for each and one at the front desk.
insert into users (id, organization_id, role_id, first_name, last_name, email, email_canonical, password_hash)
select uuid_v7(), :org, roles.id, 'Teacher', 'Number ' || n, 't' || n || '@bench.example', 't' || n || '@bench.example', u.password_hash
from generate_series(1, :homerooms + 1) n
join roles on roles.organization_id is null and roles.name = case when n = :homerooms + 1 then 'Office' else 'Teacher' end,
     users u where u.email_canonical = 'admin@bench.example';
insert into staff (organization_id, id, user_id, campus_id, employee_number, first_name, last_name, staff_type)
select :org, uuid_v7(), users.id, campuses.id, first_name || last_name, first_name, last_name, 'teacher'
from users, campuses where email_canonical ~ '^t[0-9]+@bench';
insert into classes (organization_id, id, campus_id, academic_year_id, grade_id, homeroom_teacher_id, name, room, kind)
select :org, uuid_v7(), campuses.id, y.id, grades.id, staff.id, format('Homeroom %s', lpad(n::text, 2, '0')), 'Room ' || n, 'homeroom'
from generate_series(1, :homerooms) n, campuses, academic_years y, grades, staff
where grades.sort_order = (n - 1) % 10 + 1 and staff.last_name = 'Number ' || n;
insert into class_staff (organization_id, id, class_id, staff_id, starts_on)
select :org, uuid_v7(), id, homeroom_teacher_id, current_date - 200 from classes;

insert into students (organization_id, id, student_number, first_name, last_name, gender, date_of_birth, campus_id, enrollment_date, alert)
select :org, uuid_v7(), 10000 + n,
  (array['Zoë', 'Tomás', 'Amal', 'Kwame', 'Siân', 'João', 'Łucja', 'Ayşe', 'Minh Anh', 'Ελένη', 'Тарас', 'ليلى'])[n % 12 + 1],
  (array['Álvarez', 'Abdullahi', 'Bowen', 'Đặng', 'Öztürk', 'Żak', 'Lindqvist', 'Ndiaye', 'Σταύρου', 'Шевчук', '김'])[n % 11 + 1] || ' ' || n,
  'unspecified', date '2016-01-01' + n, campuses.id, current_date - 200, case when n % 20 = 0 then 'Peanut allergy, pen in the office' end
from generate_series(1, :homerooms * 25) n, campuses;
insert into school_enrollments (organization_id, id, student_id, campus_id, academic_year_id, grade_id, enters_on)
select :org, uuid_v7(), s.id, s.campus_id, y.id, c.grade_id, current_date - 200
from students s, academic_years y, classes c where c.name = format('Homeroom %s', lpad(((s.student_number::int - 10001) / 25 + 1)::text, 2, '0'));
insert into class_enrollments (organization_id, id, class_id, student_id, enrolled_on)
select :org, uuid_v7(), c.id, s.id, current_date - 200
from students s, classes c where c.name = format('Homeroom %s', lpad(((s.student_number::int - 10001) / 25 + 1)::text, 2, '0'));
insert into contacts (organization_id, id, full_name, phone, email)
select :org, uuid_v7(), 'Contact ' || n, '+44 7700 900' || lpad((n % 1000)::text, 3, '0'), 'c' || n || '@families.example' from generate_series(1, 1500) n;
insert into guardians (organization_id, id, student_id, contact_id, relationship, position, primary_contact, may_collect)
select :org, uuid_v7(), s.id, c.id, 'mother', k, k = 1, true
from students s, generate_series(1, 2) k, contacts c
where c.full_name = 'Contact ' || ((s.student_number::int - 10001 + 700 * k) % 1500 + 1);
analyze;
select 'insert into attendance_sessions (organization_id, id, campus_id, class_id, session_date, taken_by_id, submitted_at, submitted_by_id)
  select c.organization_id, uuid_v7(), c.campus_id, c.id, current_date - ' || d || ', t.id,
    case when ' || d || ' > 0 then current_date - ' || d || ' + time ''08:45'' end, case when ' || d || ' > 0 then t.user_id end
  from classes c join staff t on t.organization_id = c.organization_id and t.id = c.homeroom_teacher_id'
from generate_series(120, 0, -1) d \gexec
analyze;
-- A day at a time, as a school writes them, so that rows lie on disk as they would.
select 'insert into attendance_records (organization_id, id, attendance_session_id, student_id, session_date, teacher_code_id, status, minutes_late)
  select r.organization_id, uuid_v7(), r.id, e.student_id, r.session_date, k.id,
    case k.code when ''late'' then ''late'' when ''absent'' then ''absent'' else ''present'' end::attendance_status,
    case when k.code = ''late'' then 7 end
  from attendance_sessions r join class_enrollments e on e.organization_id = r.organization_id and e.class_id = r.class_id
  join attendance_codes k on k.organization_id = r.organization_id and k.code = case when r.session_date < current_date then
    coalesce((array[''absent'', ''absent'', ''absent'', ''absent'', ''late'', ''late'', ''late''])
      [abs(hashtext(e.student_id::text || r.session_date)) % 100 + 1], ''present'') else ''present'' end
  where r.session_date = current_date - ' || d
from generate_series(120, 0, -1) d \gexec
-- What the days are worth, as each submission would have counted it.
select count_days(:org, array_agg(id), current_date - 120, current_date) from students;
vacuum analyze;
