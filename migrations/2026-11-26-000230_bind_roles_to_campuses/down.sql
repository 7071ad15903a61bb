revoke execute on function permissions_of(uuid) from belfry_app;
create or replace function permissions_of(of_user uuid) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  by_role jsonb;
  directly jsonb;
begin
  select holdings into by_role from users join roles on roles.id = role_id where users.id = of_user;
  select jsonb_object_agg(permission, coalesce(by_role -> permission, '[]')
      || jsonb_build_object('scope', scope, 'campuses', campus_ids)) into directly
    from user_custom_permissions where user_id = of_user;
  return coalesce(by_role, '{}') || coalesce(directly, '{}');
end $$;

drop trigger holdings_at_campuses on permissions;
drop function keep_holdings_at_campuses();
create or replace function keep_holdings() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- Held first, so that of two changes at once the later one counts both.
  perform from roles where id in (select role_id from changed) order by id for no key update;
  update roles set holdings = coalesce((
      select jsonb_object_agg(permission, jsonb_build_array(jsonb_build_object('scope', scope, 'campuses', '[]'::jsonb)))
      from role_permissions where role_id = roles.id), '{}')
    where id in (select role_id from changed);
  return null;
end $$;
drop function at_campuses(jsonb);
alter table roles drop column holdings_at_campuses;
alter table permissions drop column scopes;
