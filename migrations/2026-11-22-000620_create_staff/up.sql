create type staff_type as enum ('teacher', 'director', 'counselor', 'finance', 'administrator', 'paraeducator', 'support');
create type staff_status as enum ('active', 'on_leave', 'left');
create type access_level as enum ('view', 'contribute', 'manage');

create table staff (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  user_id uuid, campus_id uuid, employee_number varchar(40) not null,
  first_name varchar(100) collate "und-x-icu" not null, last_name varchar(100) collate "und-x-icu" not null,
  email varchar(254), phone varchar(40), job_title varchar(120),
  staff_type staff_type not null, status staff_status not null default 'active', hire_date date,
  foreign key (organization_id, user_id) references users (organization_id, id),
  foreign key (organization_id, campus_id) references campuses (organization_id, id)
);
comment on column staff.user_id is 'Null until there is an account';
call make_tenant_table('staff');
create unique index staff_number on staff (organization_id, employee_number) where deleted_at is null;
create unique index staff_user on staff (organization_id, user_id) where deleted_at is null;
create index staff_by_name on staff (organization_id, last_name, first_name, id) where deleted_at is null;

create table user_students (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  user_id uuid not null, student_id uuid not null, access_level access_level not null,
  is_primary boolean not null default false, starts_on date not null, ends_on date, reason varchar(200) not null,
  check (ends_on >= starts_on),
  foreign key (organization_id, user_id) references users (organization_id, id),
  foreign key (organization_id, student_id) references students (organization_id, id)
);
comment on table user_students is 'A dated, reasoned grant of one student to one user';
call make_tenant_table('user_students', 'student_id');
create unique index user_students_primary on user_students (organization_id, student_id) where is_primary and deleted_at is null;
create index user_students_of_a_user on user_students (organization_id, user_id, student_id);
