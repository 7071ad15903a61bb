alter table permissions add column scopes user_scope[] not null default '{}';
comment on column permissions.scopes is 'How far it can reach, narrowest first';

-- What a role holds where it is bound to campuses: each permission as far as it can reach without going beyond them. One
-- that only the whole organization can be given is not held at all.
create function at_campuses(holdings jsonb, campuses uuid[]) returns jsonb language sql stable
return (
  select coalesce(jsonb_object_agg(name, jsonb_build_array(jsonb_build_object('scope', scope,
    'campuses', case scope when 'campuses' then to_jsonb(campuses) else '[]' end))), '{}')
  from (select name, (select max(scope) from unnest(scopes) scope
      where scope <= least((holdings -> name -> 0 ->> 'scope')::user_scope, 'campuses')) as scope
    from permissions where holdings ? name) bound
  where scope is not null);

-- What a person holds by their role and directly, as far as whoever asks sees people: the door's functions see all.
create or replace function permissions_of(of_user uuid) returns jsonb
language plpgsql stable set search_path = public, pg_temp as $$
declare
  u record;
  directly jsonb;
begin
  select coalesce(holdings, '{}') as held, role_campus_ids into u
    from users left join roles on roles.id = role_id where users.id = of_user;
  if u.role_campus_ids <> '{}' then u.held := at_campuses(u.held, u.role_campus_ids); end if;
  select jsonb_object_agg(permission, coalesce(u.held -> permission, '[]')
      || jsonb_build_object('scope', scope, 'campuses', campus_ids)) into directly
    from user_custom_permissions where user_id = of_user;
  return coalesce(u.held, '{}') || coalesce(directly, '{}');
end $$;
grant execute on function permissions_of(uuid) to belfry_app;
