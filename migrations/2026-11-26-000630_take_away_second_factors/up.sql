-- Who has lost phone and paper asks an administrator, who takes the second factor away and can give none: what codes are
-- made of stays the lobby's. Runs as its owner, since the app's role does not reach it.
create function forget_second_factor() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.second_factor_at is not null then
    raise insufficient_privilege using message = 'nobody sets up a second factor for somebody else';
  end if;
  delete from second_factors where user_id = new.id;
  delete from recovery_codes where user_id = new.id;
  return null;
end $$;
revoke execute on function forget_second_factor() from public;
create trigger forget_second_factor after update of second_factor_at on users for each row
  when (current_user = 'belfry_app') execute function forget_second_factor();
grant update (second_factor_at) on users to belfry_app;

drop trigger history on users;
create trigger history after insert or update on users for each row when (current_user = 'belfry_app')
  execute function record_change_of_access('id', 'first_name', 'last_name', 'phone_number', 'email', 'locale', 'role_id',
    'role_campus_ids', 'disabled_at', 'second_factor_at', 'epoch', 'deleted_at');
