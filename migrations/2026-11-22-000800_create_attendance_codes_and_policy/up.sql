create type code_presence as enum ('present', 'absent', 'partial');
create type code_timing as enum ('on_time', 'late', 'left_early');
create type code_excuse as enum ('none', 'excused', 'unexcused', 'awaiting');
create type code_place as enum ('on_site', 'off_site', 'remote');
create type attendance_basis as enum ('daily', 'am_pm', 'period');

create table attendance_codes (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  code varchar(20) not null check (code ~ '^[a-z][a-z0-9_]*$'), name varchar(60) not null,
  key char(1) not null check (key ~ '^[a-z]$'), presence code_presence not null,
  timing code_timing not null default 'on_time', excuse code_excuse not null default 'none',
  place code_place not null default 'on_site', set_by_teacher boolean not null, set_by_office boolean not null,
  color varchar(7) check (color ~ '^#[0-9a-f]{6}$'), position smallint not null, retired_on date,
  check (set_by_teacher or set_by_office),
  check (not set_by_teacher or excuse in ('none', 'awaiting'))
);
comment on column attendance_codes.code is 'A short name that stays: what forms and imports write';
comment on column attendance_codes.key is 'The letter that sets it on the register';
comment on column attendance_codes.position is 'The first three stand on every row, the rest behind the dots';
comment on table attendance_codes is 'The school''s own marks; retired, never removed. Teachers do not excuse';
call make_tenant_table('attendance_codes');
create unique index attendance_codes_code on attendance_codes (organization_id, code);
create unique index attendance_codes_key on attendance_codes (organization_id, key) where retired_on is null;

create table campus_attendance_config (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  campus_id uuid not null, applies_from date not null,
  attendance_link varchar(300), updated_by_label varchar(120),
  basis attendance_basis not null default 'daily', due_time time not null default '09:00',
  late_after time not null default '08:30',
  half_day_minutes smallint not null default 120 check (half_day_minutes between 1 and 1440),
  full_day_minutes smallint not null default 240 check (full_day_minutes between 1 and 1440),
  teacher_edit_days smallint not null default 1 check (teacher_edit_days between 0 and 366),
  check (half_day_minutes <= full_day_minutes),
  foreign key (organization_id, campus_id) references campuses (organization_id, id)
);
comment on table campus_attendance_config is 'A campus''s policy from a day on; the newest one that applies counts';
comment on column campus_attendance_config.teacher_edit_days is 'Days after the register''s day on which its teacher may still change it';
comment on column campus_attendance_config.late_after is 'When lateness begins to count: minutes late are measured from here';
call make_tenant_table('campus_attendance_config');
create unique index campus_attendance_config_day on campus_attendance_config (organization_id, campus_id, applies_from)
  where deleted_at is null;
