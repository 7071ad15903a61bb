-- Whether a change is of any of these students: their own, of a contact of theirs, or of their marks and places, which
-- belong to a register and a class and say whose they are only behind the ids of their rows.
create function is_change_of(organization uuid, entity text, subject uuid, changes jsonb, students uuid[]) returns boolean
language sql stable set search_path = public, pg_temp as $$
  select subject = any (students) or case entity
    when 'contacts' then exists (
      select from guardians where organization_id = organization and contact_id = subject and student_id = any (students))
    when 'attendance_records' then exists (
      select from attendance_records r
       where r.organization_id = organization and r.attendance_session_id = subject and r.student_id = any (students)
         and changes @> jsonb_build_array(jsonb_build_object('id', r.id)))
    when 'class_enrollments' then exists (
      select from class_enrollments e
       where e.organization_id = organization and e.class_id = subject and e.student_id = any (students)
         and changes @> jsonb_build_array(jsonb_build_object('id', e.id)))
    when 'roll_call_entries' then exists (
      select from roll_call_entries e
       where e.organization_id = organization and e.roll_call_id = subject and e.student_id = any (students)
         and changes @> jsonb_build_array(jsonb_build_object('id', e.id)))
    when 'headcount_ticks' then exists (
      select from headcount_ticks t
       where t.organization_id = organization and t.headcount_id = subject and t.student_id = any (students)
         and changes @> jsonb_build_array(jsonb_build_object('id', t.id)))
    else false end
$$;
revoke execute on function is_change_of(uuid, text, uuid, jsonb, uuid[]) from public;
grant execute on function is_change_of(uuid, text, uuid, jsonb, uuid[]) to belfry_app;
