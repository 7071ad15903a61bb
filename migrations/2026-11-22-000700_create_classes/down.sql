drop table class_enrollments;
drop table classes;
drop type class_enrollment_status;
drop type class_status;
drop type class_kind;
