drop table closure_withdrawals;
alter table calendar_days drop column closure_id, drop column replaced_by_id;
call keep_history('calendar_days', 'id');
drop table closures;
