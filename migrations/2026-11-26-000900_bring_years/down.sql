call keep_history('external_ids', 'entity_id');
alter table attendance_totals alter column created_by_id set default app_user();
alter table attendance_days alter column created_by_id set default app_user();
alter table attendance_days reset (autovacuum_analyze_scale_factor);
alter table attendance_sessions reset (autovacuum_analyze_scale_factor);
alter table attendance_records reset (autovacuum_analyze_scale_factor);
drop function count_many_days(uuid, uuid[], date, date);
