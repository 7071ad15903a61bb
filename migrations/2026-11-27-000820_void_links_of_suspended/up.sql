-- What was sent to anybody of an organization opens nothing once it is suspended, and nothing again when that is lifted, as
-- with an account that is closed.
create function void_links_of_organization() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  update password_reset_tokens set invalidated_at = now() from users
    where users.organization_id = new.id and user_id = users.id and used_at is null and invalidated_at is null;
  update email_verification_tokens set invalidated_at = now() from users
    where users.organization_id = new.id and user_id = users.id and used_at is null and invalidated_at is null;
  update outgoing_mail set status = 'cancelled', ended_at = now() from users
    where users.organization_id = new.id and user_id = users.id and status = 'waiting'
      and kind in ('password_reset', 'invitation');
  return null;
end $$;
revoke execute on function void_links_of_organization() from public;
create trigger void_links after update of suspended_at, deleted_at on organizations for each row
  when (new.suspended_at is not null or new.deleted_at is not null)
  execute function void_links_of_organization();
