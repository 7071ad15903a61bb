drop trigger never_emptied on change_events;
drop trigger append_only on change_events;
drop table access_event_subjects;
drop table access_events;
drop function keep_looks(uuid, jsonb);
drop function refuse_change();
drop type access_action;
