drop table school_enrollments;
drop table students;
drop type student_status;
drop type gender;
