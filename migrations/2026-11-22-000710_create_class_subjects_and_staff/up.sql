create type class_subject_status as enum ('active', 'inactive');
create type class_duty as enum ('teacher', 'co_teacher', 'aide', 'substitute');

create table class_subjects (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  class_id uuid not null, subject_id uuid not null, teacher_id uuid,
  status class_subject_status not null default 'active',
  foreign key (organization_id, class_id) references classes (organization_id, id),
  foreign key (organization_id, subject_id) references subjects (organization_id, id),
  foreign key (organization_id, teacher_id) references staff (organization_id, id)
);
call make_tenant_table('class_subjects', 'class_id');
create unique index class_subjects_link on class_subjects (organization_id, class_id, subject_id) where deleted_at is null;

create table class_staff (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  class_id uuid not null, class_subject_id uuid, staff_id uuid not null,
  duty class_duty not null default 'teacher', starts_on date not null, ends_on date,
  check (ends_on >= starts_on),
  foreign key (organization_id, class_id) references classes (organization_id, id),
  foreign key (organization_id, class_subject_id) references class_subjects (organization_id, id),
  foreign key (organization_id, staff_id) references staff (organization_id, id)
);
comment on table class_staff is 'Who stands in front of a class, dated; assigned reach follows it';
comment on column class_staff.ends_on is 'The last day, inclusive; null while it runs';
call make_tenant_table('class_staff', 'class_id');
create index class_staff_of_a_class on class_staff (organization_id, class_id, starts_on);
create index class_staff_of_a_person on class_staff (organization_id, staff_id, starts_on);
