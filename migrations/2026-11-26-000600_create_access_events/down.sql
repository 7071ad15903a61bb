drop table access_event_subjects;
drop table access_events;
drop type access_action;
