-- Who somebody is, and the door, as they were: but that somebody has left, their account says. Whoever writes staff records
-- closes and opens accounts by that, so they do it one after the other like whoever changes accounts.
create or replace function person(of_user uuid) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  u record;
  at record;
begin
  select users.id, users.organization_id, first_name, last_name, email, users.role_id, roles.name as role,
         global_access, organizations.name as organization, slug, organizations.time_zone, organizations.locale
    into u
    from users left join roles on roles.id = role_id left join organizations on organizations.id = users.organization_id
    where users.id = of_user and disabled_at is null and left_at is null and users.deleted_at is null and suspended_at is null;
  if not found then return null; end if;
  if u.global_access and u.organization_id is null then return visitor(of_user); end if;
  perform set_config('app.organization_id', u.organization_id::text, true);
  select staff.id as staff_id, campuses.id as campus_id, campuses.name as campus, campuses.code, campuses.time_zone
    into at
    from staff left join campuses on campuses.organization_id = staff.organization_id and campuses.id = campus_id
    where staff.organization_id = u.organization_id and user_id = of_user and staff.deleted_at is null;
  return jsonb_build_object('user', u.id, 'organization', u.organization_id, 'first_name', u.first_name,
    'last_name', u.last_name, 'email', u.email, 'role', u.role, 'global_access', coalesce(u.global_access, false),
    'organization_name', u.organization, 'slug', u.slug, 'locale', u.locale,
    'time_zone', coalesce(at.time_zone, u.time_zone), 'staff', at.staff_id, 'campus', at.campus_id,
    'campus_name', at.campus, 'campus_code', at.code, 'permissions', permissions_of(of_user));
end $$;

create or replace function enter_organization(of_session uuid, of_user uuid, organization uuid, permissions text[], writes boolean)
returns jsonb language plpgsql security definer set search_path = public, pg_temp as $$
declare
  p record;
  held jsonb;
begin
  perform set_config('app.organization_id', organization::text, true), set_config('app.user_id', of_user::text, true);
  if writes then
    -- Of two who take each other's rights, the second finds their own gone. Before any row is held, so that nobody waits
    -- in a circle.
    if permissions && array['CREATE_USERS', 'UPDATE_USERS', 'DELETE_USERS', 'UPDATE_ROLES', 'UPDATE_STAFF'] then
      perform alone_with_accounts(organization);
    end if;
    perform from users where id = of_user for share;
    perform from sessions where id = of_session for share;
  end if;
  select coalesce(roles.holdings, '{}') as holdings,
      role_campus_ids <> '{}' or exists (select from user_custom_permissions where user_id = of_user) as adds_up
    into p
    from users join organizations on organizations.id = users.organization_id
    left join roles on roles.id = users.role_id
    where users.id = of_user and users.organization_id = organization
      and disabled_at is null and left_at is null and users.deleted_at is null and suspended_at is null
      and (of_session is null or exists (select from sessions where sessions.id = of_session and user_id = of_user
        and sessions.epoch = users.epoch and ended_at is null and expires_at > clock_timestamp()));
  if not found then return held_in_visit(of_session, of_user, organization, permissions, writes); end if;
  if p.adds_up then p.holdings := permissions_of(of_user); end if;
  select jsonb_object_agg(name, p.holdings -> name) into held from unnest(permissions) name where p.holdings ? name;
  return jsonb_build_object('held', coalesce(held, '{}'), 'sees', pg_current_snapshot());
end $$;
