drop index outgoing_mail_waiting_for;
create or replace function void_links() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update password_reset_tokens set invalidated_at = now()
    where user_id = new.id and used_at is null and invalidated_at is null;
  return null;
end $$;
