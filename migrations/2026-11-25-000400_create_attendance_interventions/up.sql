create type intervention_kind as enum ('called', 'wrote', 'met', 'visited', 'referred');
create type intervention_outcome as enum ('reached', 'message_left', 'not_reached', 'under_way');

create table attendance_interventions (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  student_id uuid not null, kind intervention_kind not null, happened_on date not null,
  contact_id uuid, with_name varchar(300), outcome intervention_outcome not null, note varchar(500),
  look_again_on date not null, corrected_because varchar(200), withdrawn_because varchar(200),
  check (look_again_on >= happened_on),
  foreign key (organization_id, student_id) references students (organization_id, id),
  foreign key (organization_id, contact_id) references contacts (organization_id, id)
);
comment on table attendance_interventions is 'What the school did about a student''s absence; corrected and withdrawn with a reason, never deleted';
comment on column attendance_interventions.with_name is 'With whom, by name as it was then';
comment on column attendance_interventions.look_again_on is 'Until then the student is off the list of whom to follow up';
comment on column attendance_interventions.corrected_because is 'Why it was last corrected; who and when stand in the history';
comment on column attendance_interventions.withdrawn_because is 'Why it counts no more; null while it does';
call make_tenant_table('attendance_interventions', 'student_id');
create index attendance_interventions_of_a_student on attendance_interventions (organization_id, student_id, id desc);

-- Days that were not attended whole: a few among all, and whoever asks who is absent often asks for nothing else.
create index attendance_days_missed on attendance_days (organization_id, student_id, day) include (possible, attended)
  where attended < 1 and deleted_at is null;
