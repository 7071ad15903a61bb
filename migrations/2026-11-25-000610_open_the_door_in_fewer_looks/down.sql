create or replace function resume_session(token bytea, idle interval) returns jsonb
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

create or replace function enter_organization(of_session uuid, of_user uuid, organization uuid, permissions text[], writes boolean)
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
