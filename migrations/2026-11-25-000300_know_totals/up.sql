-- What was missing of a day in the words of reports: how much of it nobody has told a reason for yet, and whether the
-- student came late.
alter table attendance_days
  add column awaiting numeric(2,1) not null default 0 check (awaiting in (0, 0.5, 1)),
  add column is_late boolean not null default false,
  add column minutes_late smallint not null default 0 check (minutes_late >= 0),
  add check (attended + excused + awaiting <= possible);
comment on column attendance_days.awaiting is 'Missed, and nobody has said why; what is neither attended, excused nor awaiting is unexcused';
create index attendance_days_of_a_campus on attendance_days (organization_id, campus_id, day);

-- A student's days added up by halves of the calendar year, so that the year to date of a whole school is read in a row or two
-- for each student. Kept by the statement that changes the days, whoever runs it, while the student is held; each campus by itself.
create table attendance_totals (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  student_id uuid not null, campus_id uuid not null,
  since date not null check (extract(day from since) = 1 and extract(month from since) in (1, 7)),
  possible smallint not null, attended smallint not null, excused smallint not null, awaiting smallint not null,
  lates smallint not null, minutes_late integer not null, first_day date not null, last_day date not null,
  check (first_day >= since and last_day >= first_day),
  foreign key (organization_id, student_id) references students (organization_id, id),
  foreign key (organization_id, campus_id) references campuses (organization_id, id)
);
comment on column attendance_totals.possible is 'In halves of a day, as are attended, excused and awaiting';
comment on column attendance_totals.lates is 'Days on which the student came late';
comment on column attendance_totals.first_day is 'No day that counts lies before it; the last day likewise';
call make_tenant_table('attendance_totals', 'student_id');
create unique index attendance_totals_half_year on attendance_totals (organization_id, student_id, since, campus_id);
create index attendance_totals_of_all on attendance_totals (organization_id, since);
-- They follow from days, which follow from marks, whose history is enough.
drop trigger history_of_inserts on attendance_totals;
drop trigger history_of_updates on attendance_totals;
drop function record_change_of_attendance_totals();

create function half_year_of(day date) returns date language sql immutable parallel safe
return make_date(extract(year from day)::int, case when extract(month from day) < 7 then 1 else 7 end, 1);
