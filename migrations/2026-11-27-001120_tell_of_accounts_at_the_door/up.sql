-- What becomes of an account at the door stands in the history of its organization as what is changed from a page does: another
-- address that its owner proved, and that it came by the organization's provider. The lobby writes no school's rows, so this
-- runs as its owner, and tells of nothing but an account, as done by whoever has it.
create function tell_of_account(of_user uuid, done text, told jsonb) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  place constant uuid := (select organization_id from users where id = of_user);
begin
  if place is null then return false; end if;
  perform set_config('app.organization_id', place::text, true);
  insert into change_events (organization_id, user_id, entity, subject_id, operation, changes)
    values (place, of_user, 'users', of_user, done, jsonb_build_array(told || jsonb_build_object('id', of_user)));
  return true;
end $$;
revoke execute on function tell_of_account(uuid, text, jsonb) from public;
grant execute on function tell_of_account(uuid, text, jsonb) to belfry_lobby;
