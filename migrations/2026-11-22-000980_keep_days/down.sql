drop function count_days(uuid, uuid[], date, date);
call keep_history('attendance_days', 'student_id');
