-- Days are counted and told of by days_as_told alone; those that are half were told more than counts, so they are counted anew.
create or replace function count_days(organization uuid, students uuid[], first date, last date) returns integer
language plpgsql set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  changed integer;
begin
  perform from students s where s.organization_id = organization and s.id = any (count_days.students)
    order by s.id for no key update;
  with counted as materialized (
    select * from days_as_told(organization, count_days.students, count_days.first, count_days.last)),
  emptied as (
    update attendance_days d set possible = 0, attended = 0, excused = 0, awaiting = 0, is_late = false, minutes_late = 0, derived_from = 'no register'
    where d.organization_id = organization and d.student_id = any (count_days.students)
      and d.day between count_days.first and count_days.last and d.possible > 0
      and not exists (select from counted c where c.student_id = d.student_id and c.day = d.day))
  insert into attendance_days as d (organization_id, id, student_id, campus_id, day, possible, attended, excused, awaiting, is_late, minutes_late, derived_from)
  select organization, gen_random_uuid(), c.student_id, c.campus_id, c.day, c.possible, c.attended, c.excused, c.awaiting, c.is_late, c.minutes_late, c.derived_from
  from counted c
  on conflict (organization_id, student_id, day) do update set campus_id = excluded.campus_id, possible = excluded.possible, attended = excluded.attended,
    excused = excluded.excused, awaiting = excluded.awaiting, is_late = excluded.is_late, minutes_late = excluded.minutes_late, derived_from = excluded.derived_from
    where (d.campus_id, d.possible, d.attended, d.excused, d.awaiting, d.is_late, d.minutes_late, d.derived_from)
      is distinct from (excluded.campus_id, excluded.possible, excluded.attended, excluded.excused, excluded.awaiting, excluded.is_late, excluded.minutes_late, excluded.derived_from);
  get diagnostics changed = row_count;
  return changed;
end $$;
drop function told_of_days(uuid, uuid[], date, date);
drop function days_as_counted(uuid, uuid[], date, date);

do $$
declare one uuid;
begin
  for one in select id from organizations loop
    perform set_config('app.organization_id', one::text, true);
    perform count_days(one, array(select student_id from attendance_days d where d.organization_id = one and d.day = e.day and d.campus_id = e.campus_id),
        e.day, e.day)
      from calendar_days e where e.organization_id = one and e.kind = 'half_day' and e.deleted_at is null;
  end loop;
end $$;
