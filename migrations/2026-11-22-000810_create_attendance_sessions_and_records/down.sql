drop table attendance_records;
drop table attendance_sessions;
drop type attendance_status;
drop type session_type;
