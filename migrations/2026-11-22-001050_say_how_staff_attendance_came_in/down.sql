alter table staff_attendance_records drop column by_self, drop column arrived_at;
call keep_history('staff_attendance_records', 'staff_id');
