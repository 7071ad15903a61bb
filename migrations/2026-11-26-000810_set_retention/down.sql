drop function kept_until(uuid, uuid, date), left_on(uuid, uuid, date), retention_years(uuid, record_kind);
drop table retention_periods;
drop function record_change_of_retention_periods();
drop type record_kind;
