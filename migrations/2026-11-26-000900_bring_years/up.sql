-- A year of marks brought in at once. Its organization is in no statistics yet, so that a plan made for its id expects one row
-- and goes through 93,000 in nested loops: 192 s instead of 5. One made for any organization does not.
create function count_many_days(organization uuid, students uuid[], first date, last date) returns integer
language plpgsql set search_path = public, pg_temp set plan_cache_mode = force_generic_plan set work_mem = '64MB' as $$
begin
  return count_days(organization, students, first, last);
end $$;
revoke execute on function count_many_days(uuid, uuid[], date, date) from public;
grant execute on function count_many_days(uuid, uuid[], date, date) to belfry_app;

-- One school's marks are few among those of a hundred, and yet its plans need them.
alter table attendance_records set (autovacuum_analyze_scale_factor = 0.01);
alter table attendance_sessions set (autovacuum_analyze_scale_factor = 0.01);
alter table attendance_days set (autovacuum_analyze_scale_factor = 0.01);

-- What days are worth is worked out: who changed the marks stands with those.
alter table attendance_days alter column created_by_id drop default;
alter table attendance_totals alter column created_by_id drop default;

-- What another system said of a row is kept to tell what was changed here; the change itself stands in the row's own history.
drop trigger history_of_inserts on external_ids;
drop trigger history_of_updates on external_ids;
drop function record_change_of_external_ids();
