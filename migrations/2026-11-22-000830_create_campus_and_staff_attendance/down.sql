drop table staff_attendance_records;
drop table campus_attendance_summaries;
