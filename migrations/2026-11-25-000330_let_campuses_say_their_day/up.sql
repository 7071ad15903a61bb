-- What the registers say of a campus's day is computed when somebody looks, so that it stays true after a correction; a row
-- that says so keeps no numbers that could grow old, only its notes.
alter table campus_attendance_summaries
  alter column total_enrolled drop not null, alter column total_present drop not null, alter column total_absent drop not null,
  alter column total_tardy drop not null, alter column total_tardy drop default, alter column attendance_percentage drop not null;
do $$
declare one uuid;
begin
  for one in select id from organizations loop
    perform set_config('app.organization_id', one::text, true);
    update campus_attendance_summaries set total_enrolled = null, total_present = null, total_absent = null, total_tardy = null,
      attendance_percentage = null where organization_id = one and is_computed;
  end loop;
end $$;
alter table campus_attendance_summaries add constraint says_its_numbers check (
  case when is_computed then num_nonnulls(total_enrolled, total_present, total_absent, total_tardy, attendance_percentage) = 0
    else num_nulls(total_enrolled, total_present, total_absent, total_tardy, attendance_percentage) = 0 end);
comment on column campus_attendance_summaries.is_computed is 'The registers say the numbers; the row keeps only notes';

-- What the registers say of the days of campuses, from the first to the last: students with a day that counts, those who
-- were there at least a part of it, those who came late, and halves possible and attended.
create function campus_days_by_register(organization uuid, campuses uuid[], first date, last date)
returns table (campus_id uuid, day date, enrolled bigint, present bigint, tardy bigint, possible bigint, attended bigint)
language plpgsql stable set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  return query
  select d.campus_id, d.day, count(*), count(*) filter (where d.attended > 0), count(*) filter (where d.attended > 0 and d.is_late),
    (sum(d.possible) * 2)::bigint, (sum(d.attended) * 2)::bigint
  from attendance_days d
  where d.organization_id = organization and d.campus_id = any (campus_days_by_register.campuses)
    and d.day between campus_days_by_register.first and campus_days_by_register.last and d.possible > 0
  group by d.campus_id, d.day;
end $$;
revoke execute on function campus_days_by_register(uuid, uuid[], date, date) from public;
grant execute on function campus_days_by_register(uuid, uuid[], date, date) to belfry_app;
