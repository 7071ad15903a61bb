drop function resume_session(bytea, interval);
drop function person(uuid);
