drop table change_events;
drop schema partitions;
