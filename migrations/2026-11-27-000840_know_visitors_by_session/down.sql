drop function person(uuid, uuid);
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
revoke execute on function person(uuid) from public;
grant execute on function person(uuid) to belfry_lobby;
