create type session_type as enum ('daily', 'period');
create type attendance_status as enum ('present', 'late', 'absent', 'excused', 'left_early');

create table attendance_sessions (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  campus_id uuid not null, class_id uuid not null, class_subject_id uuid,
  session_date date not null, slot varchar(5) not null default 'day' check (slot ~ '^(day|am|pm|[0-2][0-9]:[0-5][0-9])$'),
  session_type session_type not null default 'daily', notes varchar(500), taken_by_id uuid,
  submitted_at timestamptz, submitted_by_id uuid, on_behalf_of_id uuid, version integer not null default 1,
  check ((submitted_at is null) = (submitted_by_id is null)),
  foreign key (organization_id, campus_id) references campuses (organization_id, id),
  foreign key (organization_id, class_id) references classes (organization_id, id),
  foreign key (organization_id, class_subject_id) references class_subjects (organization_id, id),
  foreign key (organization_id, taken_by_id) references staff (organization_id, id),
  foreign key (organization_id, on_behalf_of_id) references staff (organization_id, id),
  foreign key (organization_id, submitted_by_id) references users (organization_id, id)
);
comment on table attendance_sessions is 'One taking of a register; nothing in it counts until it is submitted';
comment on column attendance_sessions.slot is 'day, am, pm, or the lesson''s start (HH:MM)';
comment on column attendance_sessions.on_behalf_of_id is 'Whose class it is, where somebody else submitted';
call make_tenant_table('attendance_sessions');
create unique index attendance_sessions_slot on attendance_sessions
  (organization_id, class_id, session_date, slot, class_subject_id) nulls not distinct where deleted_at is null;
create index attendance_sessions_of_a_day on attendance_sessions (organization_id, session_date, campus_id);

create table attendance_records (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  attendance_session_id uuid not null, student_id uuid not null, session_date date not null,
  teacher_code_id uuid, office_code_id uuid, is_here boolean not null default false, status attendance_status not null,
  minutes_late smallint check (minutes_late between 0 and 1440), arrived_at time, left_at time,
  remarks varchar(300), office_note varchar(300), office_set_at timestamptz, version integer not null default 1,
  check (teacher_code_id is not null or office_code_id is not null),
  check ((office_code_id is null) = (office_set_at is null)),
  foreign key (organization_id, attendance_session_id) references attendance_sessions (organization_id, id),
  foreign key (organization_id, student_id) references students (organization_id, id),
  foreign key (organization_id, teacher_code_id) references attendance_codes (organization_id, id),
  foreign key (organization_id, office_code_id) references attendance_codes (organization_id, id)
);
comment on table attendance_records is 'A student in a register: the teacher''s mark and the office''s beside it. The office''s stands';
comment on column attendance_records.is_here is 'The teacher says the child is here, against the office''s mark';
comment on column attendance_records.status is 'Derived from the mark that stands, in the first source''s words';
comment on column attendance_records.session_date is 'The session''s day, repeated so that a student''s days are one index range';
comment on column attendance_records.minutes_late is 'Minutes after the campus''s late_after';
call make_tenant_table('attendance_records', 'attendance_session_id');
create unique index attendance_records_student on attendance_records (organization_id, attendance_session_id, student_id);
create index attendance_records_days on attendance_records (organization_id, student_id, session_date desc);
