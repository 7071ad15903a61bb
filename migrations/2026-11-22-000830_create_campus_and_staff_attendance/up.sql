create table campus_attendance_summaries (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  campus_id uuid not null, attendance_date date not null,
  total_enrolled integer not null check (total_enrolled >= 0), total_present integer not null check (total_present >= 0),
  total_absent integer not null check (total_absent >= 0), total_tardy integer not null default 0,
  attendance_percentage numeric(5,2) not null check (attendance_percentage between 0 and 100),
  recorded_by_label varchar(120), notes varchar(500), is_computed boolean not null,
  check (total_present + total_absent = total_enrolled),
  check (total_tardy between 0 and total_present),
  foreign key (organization_id, campus_id) references campuses (organization_id, id)
);
comment on column campus_attendance_summaries.total_tardy is 'Part of those present';
call make_tenant_table('campus_attendance_summaries');
create unique index campus_attendance_summaries_day on campus_attendance_summaries (organization_id, campus_id, attendance_date)
  where deleted_at is null;

create table staff_attendance_records (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  staff_id uuid not null, campus_id uuid, attendance_date date not null, status staff_attendance_status not null,
  note varchar(300), user_name varchar(200) not null, user_role varchar(60),
  foreign key (organization_id, staff_id) references staff (organization_id, id),
  foreign key (organization_id, campus_id) references campuses (organization_id, id)
);
comment on column staff_attendance_records.user_name is 'As it was that day, kept for history';
call make_tenant_table('staff_attendance_records', 'staff_id');
create unique index staff_attendance_records_day on staff_attendance_records (organization_id, staff_id, attendance_date)
  where deleted_at is null;
