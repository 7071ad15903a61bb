revoke select on __diesel_schema_migrations from belfry_lobby;
drop index sign_in_failures_by_age;
drop function count_failure_from(text, timestamptz);
drop table known_devices;
