-- The attendance codes that a school starts from come with its organization, in one transaction: whoever founds one, from a page or
-- from a terminal, works for the lobby, which writes no school's rows. The first five are the teacher's.
create function give_codes() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  inside constant text := coalesce(current_setting('app.organization_id', true), '');
begin
  perform set_config('app.organization_id', new.id::text, true);
  insert into attendance_codes (organization_id, id, position, code, name, key, presence, timing, excuse, place, set_by_teacher, set_by_office)
  select new.id, uuid_v7(), s.position, s.code, s.name, s.key, s.presence, s.timing, s.excuse, s.place, s.position <= 5, true
  from (values
    (1, 'present', 'Present', 'p', 'present'::code_presence, 'on_time'::code_timing, 'none'::code_excuse, 'on_site'::code_place),
    (2, 'late', 'Late', 'l', 'present', 'late', 'none', 'on_site'),
    (3, 'absent', 'Absent', 'a', 'absent', 'on_time', 'awaiting', 'on_site'),
    (4, 'left_early', 'Left early', 'e', 'partial', 'left_early', 'none', 'on_site'),
    (5, 'off_site', 'Off site', 'o', 'present', 'on_time', 'none', 'off_site'),
    (6, 'ill', 'Excused, illness', 'i', 'absent', 'on_time', 'excused', 'on_site'),
    (7, 'excused', 'Excused', 'x', 'absent', 'on_time', 'excused', 'on_site'),
    (8, 'unexcused', 'Unexcused', 'u', 'absent', 'on_time', 'unexcused', 'on_site'))
    as s (position, code, name, key, presence, timing, excuse, place);
  perform set_config('app.organization_id', inside, true);
  return null;
end $$;
revoke execute on function give_codes() from public;
create trigger codes after insert on organizations for each row execute function give_codes();
