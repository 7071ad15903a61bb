drop table class_staff;
drop table class_subjects;
drop type class_duty;
drop type class_subject_status;
