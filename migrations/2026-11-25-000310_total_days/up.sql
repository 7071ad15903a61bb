-- What was counted before this migration gets what was told of it, and its totals.
do $$
declare one uuid;
begin
  for one in select id from organizations loop
    perform set_config('app.organization_id', one::text, true);
    update attendance_days d set awaiting = case when t.awaits then possible - attended - excused else 0 end,
      is_late = t.is_late, minutes_late = t.minutes_late
      from told_of_days(one, array(select id from students where organization_id = one), '0001-01-01', '9999-12-31') t
      where d.organization_id = one and d.student_id = t.student_id and d.day = t.day and d.possible > 0;
    insert into attendance_totals (organization_id, id, student_id, campus_id, since, possible, attended, excused, awaiting,
      lates, minutes_late, first_day, last_day)
    select one, uuid_v7(), student_id, campus_id, half_year_of(day), sum(possible * 2), sum(attended * 2),
      sum(excused * 2), sum(awaiting * 2), sum(is_late::int), sum(minutes_late), min(day), max(day)
    from attendance_days where organization_id = one group by student_id, campus_id, half_year_of(day);
  end loop;
end $$;

-- One function for each event, because a trigger of inserts knows no rows as they were.
do $do$
declare one record;
begin
  for one in select * from (values ('inserts', 'insert', 'new table as became', 'select 1 as n, became.* from became'),
    ('updates', 'update', 'old table as was new table as became', 'select 1 as n, became.* from became union all select -1, was.* from was'))
    as of_what (word, event, tables, changed) loop
    execute format($f$
create function add_totals_of_%s() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  insert into attendance_totals as m (organization_id, id, student_id, campus_id, since, possible, attended, excused, awaiting,
    lates, minutes_late, first_day, last_day)
  select organization_id, uuid_v7(), student_id, campus_id, half_year_of(day), sum(n * possible * 2), sum(n * attended * 2),
    sum(n * excused * 2), sum(n * awaiting * 2), sum(n * is_late::int), sum(n * minutes_late), min(day), max(day)
  from (%s) changed group by organization_id, student_id, campus_id, half_year_of(day)
  order by student_id, campus_id, half_year_of(day)
  on conflict (organization_id, student_id, since, campus_id) do update set possible = m.possible + excluded.possible,
    attended = m.attended + excluded.attended, excused = m.excused + excluded.excused, awaiting = m.awaiting + excluded.awaiting,
    lates = m.lates + excluded.lates, minutes_late = m.minutes_late + excluded.minutes_late,
    first_day = least(m.first_day, excluded.first_day), last_day = greatest(m.last_day, excluded.last_day);
  return null;
end $$;
create trigger total_of_%s after %s on attendance_days
  referencing %s for each statement execute function add_totals_of_%s();$f$, one.word, one.changed, one.word, one.event, one.tables, one.word);
  end loop;
end $do$;
