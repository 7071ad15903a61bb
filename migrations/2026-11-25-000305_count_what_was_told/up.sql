-- What the marks of days say beside their worth: whether word is awaited, whether the student came late and how many minutes.
create function told_of_days(organization uuid, students uuid[], first date, last date)
returns table (student_id uuid, day date, awaits boolean, is_late boolean, minutes_late smallint)
language sql stable as $$
  select r.student_id, r.session_date, bool_or(r.status = 'absent' and c.excuse = 'awaiting'), bool_or(r.status = 'late'),
         least(coalesce(sum(r.minutes_late) filter (where r.status = 'late'), 0), 9999)::smallint
  from attendance_records r
  join attendance_sessions s on s.organization_id = r.organization_id and s.id = r.attendance_session_id
  join attendance_codes c on c.organization_id = r.organization_id and c.id = coalesce(r.office_code_id, r.teacher_code_id)
  where r.organization_id = organization and r.student_id = any (students) and r.session_date between first and last
    and r.status in ('absent', 'late') and r.deleted_at is null and s.submitted_at is not null and s.deleted_at is null
  group by r.student_id, r.session_date
$$;

-- As before (keep_days), and with what was told. Where nobody has said why, all that is missed and not excused waits for word.
create or replace function count_days(organization uuid, students uuid[], first date, last date) returns integer
language plpgsql set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  changed integer;
begin
  perform from students s where s.organization_id = organization and s.id = any (count_days.students)
    order by s.id for no key update;
  with counted as materialized (
    select c.*, case when t.awaits then c.possible - c.attended - c.excused else 0 end as awaiting,
           c.possible > 0 and coalesce(t.is_late, false) as is_late, case when c.possible > 0 then coalesce(t.minutes_late, 0) else 0 end as minutes_late
    from days_as_counted(organization, count_days.students, count_days.first, count_days.last) c
    left join told_of_days(organization, count_days.students, count_days.first, count_days.last) t using (student_id, day)),
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
revoke execute on function told_of_days(uuid, uuid[], date, date) from public;
grant execute on function told_of_days(uuid, uuid[], date, date) to belfry_app;
