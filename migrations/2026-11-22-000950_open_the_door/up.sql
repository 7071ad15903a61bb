-- The two statements of every request, each a function so that its plan is kept and its shape has one place.
-- Both run as their owner because they look before an organization is set; both are on the catalogue test's list.

-- Whom a session token belongs to, and what they may do. Null for a token that is unknown, ended, expired or idle too long.
create function resume_session(token bytea, idle interval) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  s record;
begin
  select sessions.id, seen_at, users.id as user_id, users.organization_id, first_name, last_name, email, role_id
    into s
    from sessions join users on users.id = sessions.user_id and users.epoch = sessions.epoch
    left join organizations on organizations.id = users.organization_id
    where token_hash = token and ended_at is null and expires_at > clock_timestamp()
      and seen_at > clock_timestamp() - idle and disabled_at is null and users.deleted_at is null and suspended_at is null;
  if not found then return null; end if;
  if s.seen_at < clock_timestamp() - interval '1 minute' then
    -- A write under way holds the row; whoever waits for it here would keep the next page waiting.
    update sessions set seen_at = clock_timestamp()
      where id = (select id from sessions where id = s.id for no key update skip locked);
  end if;
  return person(s.user_id) || jsonb_build_object('session', s.id);
end $$;

-- Everything a page needs to know of a signed-in person; nothing of one who has left the school: names, campus, permissions with their scopes.
create function person(of_user uuid) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  u record;
  at record;
begin
  select users.id, users.organization_id, first_name, last_name, email, users.role_id, roles.name as role,
         global_access, organizations.name as organization, slug, organizations.time_zone, organizations.locale
    into u
    from users left join roles on roles.id = role_id left join organizations on organizations.id = users.organization_id
    where users.id = of_user and disabled_at is null and users.deleted_at is null and suspended_at is null;
  if not found then return null; end if;
  perform set_config('app.organization_id', u.organization_id::text, true);
  select staff.id as staff_id, staff.status as staff_status, campuses.id as campus_id, campuses.name as campus, campuses.code, campuses.time_zone
    into at
    from staff left join campuses on campuses.organization_id = staff.organization_id and campuses.id = campus_id
    where staff.organization_id = u.organization_id and user_id = of_user and staff.deleted_at is null;
  if at.staff_status = 'left' then return null; end if;
  return jsonb_build_object('user', u.id, 'organization', u.organization_id, 'first_name', u.first_name,
    'last_name', u.last_name, 'email', u.email, 'role', u.role, 'global_access', coalesce(u.global_access, false),
    'organization_name', u.organization, 'slug', u.slug, 'locale', u.locale,
    'time_zone', coalesce(at.time_zone, u.time_zone), 'staff', at.staff_id, 'campus', at.campus_id,
    'campus_name', at.campus, 'campus_code', at.code, 'permissions', permissions_of(of_user));
end $$;
revoke execute on function resume_session(bytea, interval), person(uuid), permissions_of(uuid) from public;
revoke execute on function enter_organization(uuid, uuid, uuid, text, boolean) from public;
grant execute on function resume_session(bytea, interval), person(uuid) to belfry_lobby;
