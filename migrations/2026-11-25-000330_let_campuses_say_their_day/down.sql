drop function campus_days_by_register(uuid, uuid[], date, date);
alter table campus_attendance_summaries drop constraint says_its_numbers;
alter table campus_attendance_summaries
  alter column total_enrolled set not null, alter column total_present set not null, alter column total_absent set not null,
  alter column total_tardy set not null, alter column total_tardy set default 0, alter column attendance_percentage set not null;
comment on column campus_attendance_summaries.is_computed is null;
