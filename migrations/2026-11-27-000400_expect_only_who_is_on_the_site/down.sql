drop function fill_roll_call(uuid, uuid, uuid[], time);
-- Puts students on a list, each with their homeroom of the day and what its registers know of them by now. Answers how many.
create function fill_roll_call(organization uuid, roll_call uuid, who uuid[]) returns integer
language plpgsql set search_path = public, pg_temp as $$
declare of_day date; filled integer;
begin
  select day into of_day from roll_calls where organization_id = organization and id = roll_call;
  insert into roll_call_entries (organization_id, id, roll_call_id, student_id, class_id, known)
  select organization, gen_random_uuid(), roll_call, s.id, home.class_id, case
      when passed.kind = 'departure' then 'left'
      when mark.status is not null then case mark.status when 'left_early' then 'left' when 'excused' then 'absent'
        else mark.status::text end
      when exists (select from planned_absences p where p.organization_id = organization and p.student_id = s.id
        and p.starts_at is null and p.ends_at is null and of_day between p.starts_on and p.ends_on and p.deleted_at is null) then 'away'
      else 'unknown' end::roll_call_known
  from students s
  left join lateral (select e.class_id from class_enrollments e
      join classes c on c.organization_id = e.organization_id and c.id = e.class_id
      where e.organization_id = organization and e.student_id = s.id and e.deleted_at is null and e.enrolled_on <= of_day
        and (e.ended_on is null or e.ended_on >= of_day) and c.kind = 'homeroom' and c.deleted_at is null
      order by e.enrolled_on desc, e.created_at desc, c.id limit 1) home on true
  left join lateral (select m.kind from attendance_movements m where m.organization_id = organization
      and m.student_id = s.id and m.day = of_day and m.deleted_at is null order by m.created_at desc, m.id desc limit 1) passed on true
  left join lateral (select r.status from attendance_records r
      join attendance_sessions t on t.organization_id = r.organization_id and t.id = r.attendance_session_id
      where r.organization_id = organization and r.student_id = s.id and r.session_date = of_day and r.deleted_at is null
        and t.deleted_at is null
      -- The lesson or half day that came last.
      order by case t.slot when 'day' then '00' when 'am' then '01' when 'pm' then '12' else t.slot end desc limit 1) mark on true
  where s.organization_id = organization and s.id = any (who) and s.deleted_at is null
  on conflict do nothing;
  get diagnostics filled = row_count;
  return filled;
end $$;
revoke execute on function fill_roll_call(uuid, uuid, uuid[]) from public;
grant execute on function fill_roll_call(uuid, uuid, uuid[]) to belfry_app;
