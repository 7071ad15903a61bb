alter table campuses drop column staff_sign_in;
call keep_history('campuses', 'id');
