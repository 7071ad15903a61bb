drop function seal_stretch(uuid, uuid, uuid, uuid);
drop function chained(bytea, record_seals);
drop function record_digest(uuid, uuid, uuid);
drop index access_event_subjects_of_events;
drop table record_seals;
