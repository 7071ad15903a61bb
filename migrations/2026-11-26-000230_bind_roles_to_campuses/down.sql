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
drop function at_campuses(jsonb, uuid[]);
alter table permissions drop column scopes;
