alter type roll_call_known add value if not exists 'seen_earlier';
-- Puts students on a list, each with their homeroom of the day and what its registers know of them at this hour by the campus's
-- clock: of the slots that have begun, so that an afternoon's absence said in the morning takes nobody off a fire roll at ten.
-- Whoever is away with the school is not on the site; on a trip's own list they are expected. Answers how many.
-- In a fire, who was seen that day and is missed since is on the site until the office knows more.
create or replace function fill_roll_call(organization uuid, roll_call uuid, who uuid[], hour time) returns integer
language plpgsql set search_path = public, pg_temp as $$
declare of_day date; of_kind roll_call_kind; filled integer;
begin
  select day, kind into of_day, of_kind from roll_calls where organization_id = organization and id = roll_call;
  insert into roll_call_entries (organization_id, id, roll_call_id, student_id, class_id, known)
  select organization, gen_random_uuid(), roll_call, s.id, home.class_id, case
      when passed.kind = 'departure' then 'left'
      -- Whoever stands in front says so, against the office's mark.
      when mark.is_here then 'present'
      when of_kind = 'fire' and mark.presence <> 'absent' and mark.place <> 'on_site' then 'away'
      -- Whoever is missed inside the building is still in it, until the office says otherwise.
      when of_kind = 'fire' and mark.status = 'absent' and mark.office_code_id is null
        and (mark.was_seen or passed.kind is not null) then 'seen_earlier'
      when mark.status is not null then case mark.status when 'left_early' then 'left' when 'excused' then 'absent'
        else mark.status::text end
      when exists (select from planned_absences p
        join attendance_codes c on c.organization_id = p.organization_id and c.id = p.attendance_code_id
        where p.organization_id = organization and p.student_id = s.id and p.starts_at is null and p.ends_at is null
        and of_day between p.starts_on and p.ends_on and p.deleted_at is null
        and (c.presence = 'absent' or of_kind = 'fire' and c.place <> 'on_site')) then 'away'
      else 'unknown' end::roll_call_known
  from students s
  left join lateral (select e.class_id from class_enrollments e
      join classes c on c.organization_id = e.organization_id and c.id = e.class_id
      where e.organization_id = organization and e.student_id = s.id and e.deleted_at is null and e.enrolled_on <= of_day
        and (e.ended_on is null or e.ended_on >= of_day) and c.kind = 'homeroom' and c.deleted_at is null
      order by e.enrolled_on desc, e.created_at desc, c.id limit 1) home on true
  left join lateral (select m.kind from attendance_movements m where m.organization_id = organization
      and m.student_id = s.id and m.day = of_day and m.deleted_at is null order by m.created_at desc, m.id desc limit 1) passed on true
  left join lateral (select r.status, r.is_here, r.office_code_id, c.presence, c.place,
      bool_or(r.status in ('present', 'late')) over () as was_seen from attendance_records r
      join attendance_sessions t on t.organization_id = r.organization_id and t.id = r.attendance_session_id
      join attendance_codes c on c.organization_id = r.organization_id and c.id = coalesce(r.office_code_id, r.teacher_code_id)
      where r.organization_id = organization and r.student_id = s.id and r.session_date = of_day and r.deleted_at is null
        and t.deleted_at is null
        and case t.slot when 'day' then true when 'am' then true when 'pm' then hour >= '12:00' else t.slot::time <= hour end
      -- The lesson or half day that came last.
      order by case t.slot when 'day' then '00' when 'am' then '01' when 'pm' then '12' else t.slot end desc limit 1) mark on true
  where s.organization_id = organization and s.id = any (who) and s.deleted_at is null
  on conflict do nothing;
  get diagnostics filled = row_count;
  return filled;
end $$;
