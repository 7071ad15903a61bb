alter table students drop column program_id;
call keep_history('students', 'id');
drop table user_programs, programs, school_districts;
drop function record_change_of_user_programs(), record_change_of_programs(), record_change_of_school_districts();
drop type user_program_status;
