-- The owner's schemas go and come again empty; what is granted in them comes with the backup.
drop schema if exists partitions cascade;
drop schema public cascade;
create schema public;
revoke all on schema public from public;
