-- A campus that calls the roll in each lesson says when they start.
alter table campus_attendance_config
  add column lesson_starts time[] check (cardinality(lesson_starts) between 1 and 12 and array_position(lesson_starts, null) is null),
  add check (basis = 'period' or lesson_starts is null);
comment on column campus_attendance_config.lesson_starts is 'When each lesson starts, in order, to the minute; only where the roll is called by lesson';
call keep_history('campus_attendance_config', 'id');
