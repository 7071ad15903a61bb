drop table planned_absences;
drop table attendance_days;
drop type staff_attendance_status;
