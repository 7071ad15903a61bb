drop function is_inside(uuid, interval);
drop trigger end_visits on users;
drop function end_visits_of_epoch();
