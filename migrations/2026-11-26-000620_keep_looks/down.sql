drop trigger never_emptied on change_events;
drop trigger never_emptied on access_event_subjects;
drop trigger never_emptied on access_events;
drop trigger append_only on change_events;
drop trigger append_only on access_event_subjects;
drop trigger append_only on access_events;
drop function refuse_change();
drop function keep_looks(uuid, jsonb);
