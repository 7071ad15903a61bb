drop table attendance_movements;
drop function record_change_of_attendance_movements();
drop type movement_kind;
