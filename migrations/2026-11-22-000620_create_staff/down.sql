drop table user_students;
drop table staff;
drop type access_level;
drop type staff_status;
drop type staff_type;
