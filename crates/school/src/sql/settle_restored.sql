-- Runs between a backup's rows and its keys, triggers and policies: no row is hidden from the owner yet, and no history is written.
set local search_path = public, pg_temp;
do $$
declare
  wanted jsonb := current_setting('restore.counts')::jsonb;
  place text;
  found bigint;
begin
  for place in select jsonb_object_keys(wanted) loop
    if to_regclass(format('public.%I', place)) is null then
      raise exception 'the table % is missing', place;
    end if;
    execute format('select count(*) from public.%I', place) into found;
    if found <> (wanted ->> place)::bigint then
      raise exception 'the table % has % rows and should have %', place, found, wanted ->> place;
    end if;
  end loop;
  for place in select relname from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not wanted ? relname loop
    raise exception 'the table % is not among those that were counted', place;
  end loop;
  if coalesce((wanted ->> 'organizations')::bigint, 0) = 0 then
    raise exception 'it holds no organization';
  end if;
end $$;

-- Whatever somebody was given before the backup opens nothing after it; passwords and second factors stay. A table that
-- keeps another way in, such as a sign-in under way elsewhere, has its statement here, and a line in tests/keeping/voids.rs.
with ended as (update sessions set ended_at = now() where ended_at is null returning 1)
select 'void sessions ' || count(*) from ended;
with ended as (update auth_refresh_tokens set revoked_at = now() where revoked_at is null returning 1)
select 'void renewals ' || count(*) from ended;
with ended as (update pending_sign_ins set ended_at = now() where ended_at is null returning 1)
select 'void half sign-ins ' || count(*) from ended;
with ended as (update password_reset_tokens set invalidated_at = now() where used_at is null and invalidated_at is null returning 1)
select 'void links ' || count(*) from ended;
with ended as (update email_verification_tokens set invalidated_at = now() where used_at is null and invalidated_at is null returning 1)
select 'void confirmations ' || count(*) from ended;
with ended as (update second_factors set next_secret = null, next_asked_at = null where next_secret is not null returning 1)
select 'void second factors in the making ' || count(*) from ended;
with ended as (update organization_visits set ended_at = now() where ended_at is null and until_at > now() returning 1)
select 'void visits ' || count(*) from ended;
-- Sent since then, most of it; and what it would link to is void.
with ended as (update outgoing_mail set status = 'failed', ended_at = now(), last_error = 'A backup was restored before this was sent.'
  where ended_at is null returning 1)
select 'void mail ' || count(*) from ended;
-- This server counts its transactions anew; none of them is one of these.
update change_events set transaction_id = -abs(transaction_id);
update users set epoch = epoch + 1;
select pg_catalog.set_config('search_path', '', false);
