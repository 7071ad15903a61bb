drop function stand_ins(uuid, date);
drop index class_staff_covers;
alter table class_staff drop column covers_id;
call keep_history('class_staff', 'class_id');
