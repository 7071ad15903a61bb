-- A list of students that is called outside the register: everybody on the site in a fire, or a trip's.
create type roll_call_kind as enum ('fire', 'trip');
create type roll_call_known as enum ('unknown', 'present', 'late', 'absent', 'left', 'away');

create table roll_calls (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  campus_id uuid not null, kind roll_call_kind not null, name varchar(100) not null, day date not null,
  held_by_id uuid, closed_at timestamptz, closed_by_id uuid, note varchar(500),
  check ((closed_at is null) = (closed_by_id is null)),
  foreign key (organization_id, campus_id) references campuses (organization_id, id),
  foreign key (organization_id, held_by_id) references staff (organization_id, id),
  foreign key (organization_id, closed_by_id) references users (organization_id, id)
);
comment on column roll_calls.held_by_id is 'Who has these students with them: sees the whole list and what to mind';
comment on column roll_calls.note is 'What was said when it was closed';
call make_tenant_table('roll_calls');
create index roll_calls_of_a_day on roll_calls (organization_id, day desc) where deleted_at is null;

create table roll_call_entries (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  roll_call_id uuid not null, student_id uuid not null, class_id uuid, known roll_call_known not null default 'unknown',
  foreign key (organization_id, roll_call_id) references roll_calls (organization_id, id),
  foreign key (organization_id, student_id) references students (organization_id, id),
  foreign key (organization_id, class_id) references classes (organization_id, id)
);
comment on table roll_call_entries is 'A student on a list, and what the day''s registers said when it began';
comment on column roll_call_entries.class_id is 'The homeroom that day';
call make_tenant_table('roll_call_entries', 'roll_call_id');
create unique index roll_call_entries_student on roll_call_entries (organization_id, roll_call_id, student_id) where deleted_at is null;
create index roll_call_entries_class on roll_call_entries (organization_id, class_id);
