-- A link opens nothing once its user has another address, is disabled or deleted, whoever did that; and nothing again if
-- that is undone. Runs as its owner, since the app's role does not reach links.
create function void_links() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update password_reset_tokens set invalidated_at = now()
    where user_id = new.id and used_at is null and invalidated_at is null;
  return null;
end $$;
revoke execute on function void_links() from public;
create trigger void_links after update of email_canonical, disabled_at, deleted_at on users for each row
  when (new.email_canonical <> old.email_canonical or new.disabled_at is not null or new.deleted_at is not null)
  execute function void_links();
