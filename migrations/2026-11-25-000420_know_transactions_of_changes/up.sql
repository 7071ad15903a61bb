-- Which changes were made together: the marks that came in with a register's submission are no corrections of it.
alter table change_events add column transaction_id bigint;
alter table change_events alter column transaction_id set default pg_current_xact_id()::text::bigint;
comment on column change_events.transaction_id is 'The transaction that made the change; null for changes before it was recorded';
