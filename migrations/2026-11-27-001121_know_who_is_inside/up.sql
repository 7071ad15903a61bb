-- A visit ends with its session. Another password, address or second factor ends every session by the epoch alone, and so every
-- visit of whoever works for the platform.
create function end_visits_of_epoch() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  update organization_visits set ended_at = clock_timestamp() where user_id = new.id and ended_at is null;
  return null;
end $$;
revoke execute on function end_visits_of_epoch() from public;
create trigger end_visits after update of epoch on users for each row
  when (new.organization_id is null and old.epoch is distinct from new.epoch) execute function end_visits_of_epoch();

-- Whether somebody is inside, as the door asks it: a session that rests for too long or has run out ends by itself, and nobody
-- writes that down. The app reads no sessions, so this runs as its owner, for visits to the organization at hand.
create function is_inside(of_visit uuid, idle interval) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from organization_visits v join sessions s on s.id = v.session_id and s.user_id = v.user_id
    join users u on u.id = s.user_id and u.epoch = s.epoch join roles on roles.id = u.role_id and roles.global_access
    where v.id = of_visit and v.organization_id = nullif(current_setting('app.organization_id', true), '')::uuid
      and v.ended_at is null and v.until_at > clock_timestamp()
      and s.ended_at is null and s.expires_at > clock_timestamp() and s.seen_at > clock_timestamp() - idle
      and u.organization_id is null and u.disabled_at is null and u.deleted_at is null)
$$;
revoke execute on function is_inside(uuid, interval) from public;
grant execute on function is_inside(uuid, interval) to belfry_app;
