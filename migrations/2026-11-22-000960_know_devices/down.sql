revoke select on __diesel_schema_migrations from belfry_lobby;
drop function count_failure_from(text, timestamptz);
drop table known_devices;
