alter table campus_attendance_config drop column lesson_starts;
call keep_history('campus_attendance_config', 'id');
