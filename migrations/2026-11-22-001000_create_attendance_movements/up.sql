create type movement_kind as enum ('arrival', 'departure', 'return');

create table attendance_movements (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  student_id uuid not null, campus_id uuid not null, class_id uuid not null, day date not null,
  kind movement_kind not null, at time not null, minutes_late smallint check (minutes_late between 0 and 1440),
  contact_id uuid, collected_by varchar(200), note varchar(200),
  foreign key (organization_id, student_id) references students (organization_id, id),
  foreign key (organization_id, campus_id) references campuses (organization_id, id),
  foreign key (organization_id, class_id) references classes (organization_id, id),
  foreign key (organization_id, contact_id) references contacts (organization_id, id)
);
comment on table attendance_movements is 'Who came late, left early and came back, as the front desk saw it; the mark follows';
comment on column attendance_movements.collected_by is 'With whom they left, by name as it was then';
call make_tenant_table('attendance_movements', 'student_id');
create index attendance_movements_of_a_day on attendance_movements (organization_id, day, campus_id);
create index attendance_movements_of_a_student on attendance_movements (organization_id, student_id, day);
