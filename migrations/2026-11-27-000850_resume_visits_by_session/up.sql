-- Who holds a session's token, as it was; somebody of the platform is inside by that session alone.
create or replace function resume_session(token bytea, idle interval, known text default null) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  s record;
  held jsonb;
begin
  select sessions.id, seen_at, user_id, users.organization_id, concat_ws(' ', users.xmin, roles.xmin, organizations.xmin,
      (select string_agg(permission || ' ' || c.xmin, ' ' order by permission) from user_custom_permissions c where c.user_id = users.id)) as versions
    into s
    from sessions join users on users.id = user_id and users.epoch = sessions.epoch
    left join roles on roles.id = users.role_id left join organizations on organizations.id = users.organization_id
    where token_hash = token and ended_at is null and expires_at > clock_timestamp()
      and seen_at > clock_timestamp() - idle;
  if not found then return null; end if;
  if s.organization_id is not null then
    perform set_config('app.organization_id', s.organization_id::text, true);
    s.versions := concat_ws('; ', s.versions, (select concat_ws(' ', staff.id, staff.xmin, campuses.xmin)
      from staff left join campuses on campuses.organization_id = staff.organization_id and campuses.id = campus_id
      where staff.organization_id = s.organization_id and staff.user_id = s.user_id and staff.deleted_at is null));
  end if;
  if s.organization_id is not null and s.versions = known then
    held := jsonb_build_object('is_known', true);
  else
    -- Null for whoever is disabled, suspended or has left.
    held := person(s.user_id, s.id) || jsonb_build_object('session', s.id, 'versions', case when s.organization_id is not null then s.versions end);
    if held is null then return null; end if;
  end if;
  if s.seen_at < clock_timestamp() - interval '1 minute' then
    -- A write under way holds the row; whoever waits for it here would keep the next page waiting.
    update sessions set seen_at = clock_timestamp()
      where id = (select id from sessions where id = s.id for no key update skip locked);
  end if;
  return held;
end $$;
