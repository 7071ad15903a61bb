drop function resume_session(bytea, interval, text);
create or replace function resume_session(token bytea, idle interval) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  s record;
  held jsonb;
begin
  select sessions.id, seen_at, user_id into s
    from sessions join users on users.id = user_id and users.epoch = sessions.epoch
    where token_hash = token and ended_at is null and expires_at > clock_timestamp()
      and seen_at > clock_timestamp() - idle;
  if not found then return null; end if;
  -- Null for whoever is disabled, suspended or has left.
  held := person(s.user_id);
  if held is null then return null; end if;
  if s.seen_at < clock_timestamp() - interval '1 minute' then
    -- A write under way holds the row; whoever waits for it here would keep the next page waiting.
    update sessions set seen_at = clock_timestamp()
      where id = (select id from sessions where id = s.id for no key update skip locked);
  end if;
  return held || jsonb_build_object('session', s.id);
end $$;
revoke execute on function resume_session(bytea, interval) from public;
grant execute on function resume_session(bytea, interval) to belfry_lobby;
