alter table permissions add column scopes user_scope[] not null default '{}';
comment on column permissions.scopes is 'How far it can reach, narrowest first';
alter table roles add column holdings_at_campuses jsonb not null default '{}';
comment on column roles.holdings_at_campuses is 'The same for whom it is bound to campuses, whose ids stand instead of HERE; kept by a trigger';

-- Each permission as far as it can reach without going beyond campuses. One that only the whole organization can be given
-- is not held at all.
create function at_campuses(holdings jsonb) returns jsonb language sql stable
return (
  select coalesce(jsonb_object_agg(name, jsonb_build_array(jsonb_build_object('scope', scope,
    'campuses', case scope when 'campuses' then '["HERE"]'::jsonb else '[]' end))), '{}')
  from (select name, (select max(scope) from unnest(scopes) scope
      where scope <= least((holdings -> name -> 0 ->> 'scope')::user_scope, 'campuses')) as scope
    from permissions where holdings ? name) bound
  where scope is not null);

create or replace function keep_holdings() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- Held first, so that of two changes at once the later one counts both.
  perform from roles where id in (select role_id from changed) order by id for no key update;
  update roles set holdings = held, holdings_at_campuses = at_campuses(held)
    from (select r.id as role, coalesce(jsonb_object_agg(permission,
        jsonb_build_array(jsonb_build_object('scope', scope, 'campuses', '[]'::jsonb))) filter (where permission is not null), '{}') as held
      from roles r left join role_permissions on role_id = r.id where r.id in (select role_id from changed) group by r.id) now
    where id = role;
  return null;
end $$;

create function keep_holdings_at_campuses() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  update roles set holdings_at_campuses = at_campuses(holdings) where holdings ? new.name;
  return null;
end $$;
create trigger holdings_at_campuses after update of scopes on permissions for each row
  when (old.scopes <> new.scopes) execute function keep_holdings_at_campuses();

-- What a person holds by their role and directly, as far as whoever asks sees people: the door's functions see all.
create or replace function permissions_of(of_user uuid) returns jsonb
language plpgsql stable set search_path = public, pg_temp as $$
declare
  by_role jsonb;
  directly jsonb;
begin
  select case role_campus_ids when '{}' then holdings
      else replace(holdings_at_campuses::text, '["HERE"]', to_json(role_campus_ids)::text)::jsonb end into by_role
    from users join roles on roles.id = role_id where users.id = of_user;
  select jsonb_object_agg(permission, coalesce(by_role -> permission, '[]')
      || jsonb_build_object('scope', scope, 'campuses', campus_ids)) into directly
    from user_custom_permissions where user_id = of_user;
  return coalesce(by_role, '{}') || coalesce(directly, '{}');
end $$;
grant execute on function permissions_of(uuid) to belfry_app;
