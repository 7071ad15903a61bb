drop function enter_organization(uuid, uuid, uuid, text, boolean);

-- The door's one statement in a transaction: the organization and the person are set, and session and permission are
-- looked up again. A write holds the rows of session and user, so that a right taken away meanwhile is gone and one
-- being used is taken away after. Null: no longer signed in, or no longer working here. What is not named is not held
-- any more. A page that shows more to whoever holds more asks for several permissions at once.
create function enter_organization(of_session uuid, of_user uuid, organization uuid, permissions text[], writes boolean)
returns jsonb language plpgsql security definer set search_path = public, pg_temp as $$
declare
  held jsonb;
  worker record;
begin
  perform set_config('app.organization_id', organization::text, true), set_config('app.user_id', of_user::text, true);
  if writes then
    perform from users where id = of_user for share;
    perform from sessions where id = of_session for share;
  end if;
  perform from users join organizations on organizations.id = users.organization_id
    where users.id = of_user and users.organization_id = organization
      and disabled_at is null and users.deleted_at is null and suspended_at is null
      and (of_session is null or exists (select from sessions where sessions.id = of_session and user_id = of_user
        and sessions.epoch = users.epoch and ended_at is null and expires_at > clock_timestamp()));
  if not found then return null; end if;
  select status into worker from staff where organization_id = organization and user_id = of_user
    and staff.deleted_at is null;
  if worker.status = 'left' then return null; end if;
  select jsonb_object_agg(permission, holdings) into held
    from (select permission, jsonb_agg(jsonb_build_object('scope', scope, 'campuses', campuses)) as holdings
          from (select rp.permission, rp.scope, array[]::uuid[] as campuses
                from role_permissions rp join users on users.role_id = rp.role_id
                where users.id = of_user and rp.permission = any (permissions)
                union all
                select cp.permission, cp.scope, cp.campus_ids from user_custom_permissions cp
                where cp.user_id = of_user and cp.permission = any (permissions)) h
          group by permission) by_permission;
  return jsonb_build_object('held', coalesce(held, '{}'));
end $$;
grant execute on function enter_organization(uuid, uuid, uuid, text[], boolean) to belfry_app;
revoke execute on function enter_organization(uuid, uuid, uuid, text[], boolean) from public;
