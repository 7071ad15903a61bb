drop function half_year_of(date);
drop table attendance_totals;
drop index attendance_days_of_a_campus;
alter table attendance_days drop column awaiting, drop column is_late, drop column minutes_late;
