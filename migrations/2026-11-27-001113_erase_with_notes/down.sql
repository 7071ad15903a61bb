create or replace function erase_student(organization uuid, erasure uuid, today date, now_is timestamptz) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  asked erasures;
  until date; began date; ended date;
  words text[]; family uuid[];
  gone uuid[] := '{}'; ids uuid[];
  taken jsonb := '{}'; place text;
begin
  if organization is distinct from nullif(current_setting('app.organization_id', true), '')::uuid then
    raise exception 'this is another organization';
  end if;
  select * into asked from erasures where organization_id = organization and id = erasure and deleted_at is null for update;
  if asked.id is null or asked.state <> 'approved' or asked.decided_by_id is not distinct from asked.asked_by_id then
    raise exception 'no second person approved this';
  end if;
  perform from students where organization_id = organization and id = asked.student_id for update;
  until := kept_until_of(organization, asked.student_id, today, asked.kinds);
  -- A day that the machine does not know yet is not believed: the furthest time zone is half a day ahead.
  if until is null or until > least(today, current_date + 1) then
    raise exception 'this student is here, or a period is not over';
  end if;
  select min(enters_on), max(leaves_on) into began, ended from school_enrollments
    where organization_id = organization and student_id = asked.student_id;
  words := array(select word from students s, unnest(array[s.student_number, s.email, s.identifier,
      s.other_script_name, s.first_name || ' ' || s.last_name, s.last_name || ', ' || s.first_name]) as word
      where s.organization_id = organization and s.id = asked.student_id and word is not null
    union select external_id from external_ids where organization_id = organization and entity_id = asked.student_id);
  family := array(select distinct contact_id from (
      select contact_id from guardians where organization_id = organization and student_id = asked.student_id
      union all select contact_id from restrictions where organization_id = organization and student_id = asked.student_id
      union all select contact_id from attendance_movements where organization_id = organization and student_id = asked.student_id
      union all select contact_id from attendance_interventions where organization_id = organization and student_id = asked.student_id
      union all select contact_id from letters where organization_id = organization and student_id = asked.student_id
      union all select contact_id from disclosures where organization_id = organization and student_id = asked.student_id
    ) as tied where contact_id is not null);

  foreach place in array array['headcount_ticks', 'roll_call_entries', 'disclosures', 'letters', 'attendance_interventions',
    'attendance_movements', 'planned_absences', 'attendance_records', 'attendance_days', 'attendance_totals',
    'class_enrollments', 'school_enrollments', 'restrictions', 'guardians', 'user_students'] loop
    continue when (case when place in ('letters', 'attendance_interventions') then 'follow_up' when place in ('restrictions', 'guardians') then 'family'
      when place in ('disclosures', 'class_enrollments', 'school_enrollments', 'user_students') then 'particulars' else 'attendance' end)::record_kind <> all (asked.kinds);
    execute format('with lost as (delete from %I where organization_id = $1 and student_id = $2 returning id) select array_agg(id) from lost', place)
      into ids using organization, asked.student_id;
    taken := taken || jsonb_build_object(place, coalesce(cardinality(ids), 0));
    gone := gone || coalesce(ids, '{}');
  end loop;
  call erase_contacts(organization, family, gone, taken);
  if 'particulars' = any (asked.kinds) then
    call erase_person(organization, asked.student_id, words, gone, taken);
  end if;
  call erase_values(organization, gone);
  update erasures e set state = 'carried_out', carried_out_at = now_is, reason = null, failure = null, removed = taken,
    first_day = began, last_day = ended where e.organization_id = organization and e.id = erasure;
  return taken;
end $$;
