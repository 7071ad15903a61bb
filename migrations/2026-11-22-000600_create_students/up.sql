create type gender as enum ('female', 'male', 'other', 'unspecified');
create type student_status as enum ('prospective', 'active', 'on_leave', 'graduated', 'withdrawn');

create table students (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  student_number varchar(40) not null,
  first_name varchar(100) collate "und-x-icu" not null, middle_name varchar(100),
  last_name varchar(100) collate "und-x-icu" not null,
  preferred_name varchar(100), other_script_name varchar(200), name_language varchar(20),
  birth_first_name varchar(100), birth_last_name varchar(100),
  gender gender not null default 'unspecified', date_of_birth date,
  status student_status not null default 'active',
  campus_id uuid, enrollment_date date,
  email varchar(254), phone varchar(40), address varchar(300), alert varchar(120),
  identifier varchar(60), program_year smallint check (program_year between 1 and 20),
  expected_grad date, next_review_on date,
  check (date_of_birth between '1900-01-01' and '2200-01-01'),
  foreign key (organization_id, campus_id) references campuses (organization_id, id)
);
comment on column students.campus_id is 'Follows school_enrollments: where the student is enrolled now';
comment on column students.preferred_name is 'Called name, in place of the first name';
comment on column students.other_script_name is 'The same name as written elsewhere: romanized, or in its own script';
comment on column students.name_language is 'BCP 47 tag of the name, so that a browser picks the right glyphs';
comment on column students.alert is 'What whoever has the child today must know: an allergy, seizures. Not sensitive';
call make_tenant_table('students');
create unique index students_number on students (organization_id, student_number) where deleted_at is null;
create index students_by_name on students (organization_id, last_name, first_name, id) where deleted_at is null;

create table school_enrollments (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  student_id uuid not null, campus_id uuid not null, academic_year_id uuid not null, grade_id uuid,
  enters_on date not null, leaves_on date, entry_reason varchar(120), exit_reason varchar(120),
  is_main boolean not null default true,
  check (leaves_on >= enters_on),
  foreign key (organization_id, student_id) references students (organization_id, id),
  foreign key (organization_id, campus_id) references campuses (organization_id, id),
  foreign key (organization_id, academic_year_id) references academic_years (organization_id, id),
  foreign key (organization_id, grade_id) references grades (organization_id, id)
);
comment on column school_enrollments.leaves_on is 'The last day, inclusive; null while it runs';
comment on column school_enrollments.is_main is 'False: an additional place beside the main one';
call make_tenant_table('school_enrollments', 'student_id');
create index school_enrollments_of_a_student on school_enrollments (organization_id, student_id, enters_on);
create index school_enrollments_of_a_campus on school_enrollments (organization_id, campus_id, enters_on);
