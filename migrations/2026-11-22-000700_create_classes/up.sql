create type class_kind as enum ('homeroom', 'scheduled');
create type class_status as enum ('planned', 'active', 'closed');
create type class_enrollment_status as enum ('active', 'completed', 'transferred', 'withdrawn');

create table classes (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  campus_id uuid not null, academic_year_id uuid not null, grade_id uuid, homeroom_teacher_id uuid,
  name varchar(120) collate "und-x-icu" not null, section varchar(60), room varchar(60),
  kind class_kind not null, status class_status not null default 'active',
  capacity smallint check (capacity between 1 and 2000),
  foreign key (organization_id, campus_id) references campuses (organization_id, id),
  foreign key (organization_id, academic_year_id) references academic_years (organization_id, id),
  foreign key (organization_id, grade_id) references grades (organization_id, id),
  foreign key (organization_id, homeroom_teacher_id) references staff (organization_id, id)
);
call make_tenant_table('classes');
create index classes_by_name on classes (organization_id, name, id) where deleted_at is null;
create index classes_of_a_campus on classes (organization_id, campus_id, kind);

create table class_enrollments (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  class_id uuid not null, student_id uuid not null,
  enrolled_on date not null, ended_on date, status class_enrollment_status not null default 'active',
  check (ended_on >= enrolled_on),
  check (status = 'active' or ended_on is not null),
  foreign key (organization_id, class_id) references classes (organization_id, id),
  foreign key (organization_id, student_id) references students (organization_id, id)
);
comment on column class_enrollments.ended_on is 'The last day on the roll, inclusive; null or ahead while it runs';
call make_tenant_table('class_enrollments', 'class_id');
create unique index class_enrollments_open on class_enrollments (organization_id, class_id, student_id)
  where status = 'active' and deleted_at is null;
create index class_enrollments_of_a_student on class_enrollments (organization_id, student_id, enrolled_on);
create index class_enrollments_of_a_class on class_enrollments (organization_id, class_id, enrolled_on);
