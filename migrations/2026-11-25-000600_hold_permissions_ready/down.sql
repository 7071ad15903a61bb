drop trigger holdings_after_insert on role_permissions;
drop trigger holdings_after_delete on role_permissions;
drop trigger holdings_after_update on role_permissions;
drop function keep_holdings();

create or replace function permissions_of(of_user uuid) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (
    select coalesce(jsonb_object_agg(permission, holdings), '{}')
    from (select permission, jsonb_agg(jsonb_build_object('scope', scope, 'campuses', campuses)) as holdings
          from (select permission, scope, array[]::uuid[] as campuses
                from role_permissions join users on users.role_id = role_permissions.role_id where users.id = of_user
                union all
                select permission, scope, campus_ids from user_custom_permissions where user_id = of_user) held
          group by permission) by_permission);
end $$;
alter table roles drop column holdings;
