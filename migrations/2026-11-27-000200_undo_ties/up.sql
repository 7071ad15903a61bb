-- Who signs on with the school's account is told so, seen by an administrator, and untied by one: an account made anew at
-- the provider, or a tie that was somebody else's. What ties them stays the lobby's, so this runs as its owner.
alter type mail_kind add value if not exists 'sign_on_tied';

alter table users add column sign_on_at timestamptz;
comment on column users.sign_on_at is 'When an account at the organization''s provider was tied to this one; none: no such account is';
update users set sign_on_at = (select min(tied_at) from user_identities where user_id = users.id);
grant select (sign_on_at), update (sign_on_at) on users to belfry_app;
grant update (sign_on_at) on users to belfry_lobby;

create function forget_sign_on() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.sign_on_at is not null then
    raise insufficient_privilege using message = 'nobody ties somebody else to an account elsewhere';
  end if;
  delete from user_identities where user_id = new.id;
  return null;
end $$;
revoke execute on function forget_sign_on() from public;
create trigger forget_sign_on after update of sign_on_at on users for each row
  when (current_user = 'belfry_app') execute function forget_sign_on();

drop trigger history on users;
create trigger history after insert or update on users for each row when (current_user = 'belfry_app')
  execute function record_change_of_access('id', 'first_name', 'last_name', 'phone_number', 'email', 'locale', 'role_id',
    'role_campus_ids', 'disabled_at', 'second_factor_at', 'sign_on_at', 'epoch', 'deleted_at');

comment on table sign_in_failures is 'Wrong guesses by network address (IPv6: its /64), and in a few rows those at addresses that nobody has; they decay';
