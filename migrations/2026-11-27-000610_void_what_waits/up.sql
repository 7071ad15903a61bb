-- A link opens nothing once its user has another address, is disabled or deleted, whoever did that; and nothing again if
-- that is undone: nor does one that proves an address, nor one whose mail still waits to be written.
create or replace function void_links() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update password_reset_tokens set invalidated_at = now()
    where user_id = new.id and used_at is null and invalidated_at is null;
  update email_verification_tokens set invalidated_at = now()
    where user_id = new.id and used_at is null and invalidated_at is null;
  update outgoing_mail set status = 'cancelled', ended_at = now()
    where user_id = new.id and status = 'waiting' and kind in ('password_reset', 'invitation');
  return null;
end $$;
create index outgoing_mail_waiting_for on outgoing_mail (user_id) where status = 'waiting';
