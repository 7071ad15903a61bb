drop function day_begins(uuid, uuid, date, time);
drop table campus_past_hours;
