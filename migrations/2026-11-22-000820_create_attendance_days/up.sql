create type staff_attendance_status as enum ('present', 'late', 'absent');

create table attendance_days (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  student_id uuid not null, campus_id uuid not null, day date not null,
  possible numeric(2,1) not null check (possible in (0, 0.5, 1)),
  attended numeric(2,1) not null check (attended in (0, 0.5, 1) and attended <= possible),
  excused numeric(2,1) not null check (excused in (0, 0.5, 1) and attended + excused <= possible),
  derived_from varchar(200) not null,
  foreign key (organization_id, student_id) references students (organization_id, id),
  foreign key (organization_id, campus_id) references campuses (organization_id, id)
);
comment on table attendance_days is 'What a day was worth for a student; every percentage reads it';
comment on column attendance_days.attended is 'Part of a school day: 0, half or 1';
call make_tenant_table('attendance_days', 'student_id');
create unique index attendance_days_day on attendance_days (organization_id, student_id, day);

create table planned_absences (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  student_id uuid not null, attendance_code_id uuid not null,
  starts_on date not null, ends_on date not null, starts_at time, ends_at time,
  reason varchar(200) not null, told_by varchar(200),
  check (starts_on <= ends_on and ends_on < starts_on + 400),
  check (starts_at < ends_at),
  foreign key (organization_id, student_id) references students (organization_id, id),
  foreign key (organization_id, attendance_code_id) references attendance_codes (organization_id, id)
);
call make_tenant_table('planned_absences', 'student_id');
create index planned_absences_of_a_student on planned_absences (organization_id, student_id, starts_on);
