-- An open page looks again every few seconds. Which transaction wrote an event tells it whether anything is new since its last look.
create index change_events_of_a_transaction on change_events (organization_id, transaction_id);

create function is_changed_since(organization uuid, seen text) returns boolean
language sql stable set search_path = public, pg_temp as $$
  select exists (select from change_events e where e.organization_id = organization
    and e.transaction_id >= pg_snapshot_xmin(seen::pg_snapshot)::text::bigint
    and not pg_visible_in_snapshot(e.transaction_id::text::xid8, seen::pg_snapshot))
$$;
revoke execute on function is_changed_since(uuid, text) from public;
grant execute on function is_changed_since(uuid, text) to belfry_app;

-- The door as it was; it also answers what this transaction can see.
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
    if permissions && array['CREATE_USERS', 'UPDATE_USERS', 'DELETE_USERS', 'UPDATE_ROLES'] then
      perform alone_with_accounts(organization);
    end if;
    perform from users where id = of_user for share;
    perform from sessions where id = of_session for share;
  end if;
  select staff.status, coalesce(roles.holdings, '{}') as holdings,
      role_campus_ids <> '{}' or exists (select from user_custom_permissions where user_id = of_user) as adds_up
    into p
    from users join organizations on organizations.id = users.organization_id
    left join roles on roles.id = users.role_id
    left join staff on staff.organization_id = organization and staff.user_id = of_user and staff.deleted_at is null
    where users.id = of_user and users.organization_id = organization
      and disabled_at is null and users.deleted_at is null and suspended_at is null
      and (of_session is null or exists (select from sessions where sessions.id = of_session and user_id = of_user
        and sessions.epoch = users.epoch and ended_at is null and expires_at > clock_timestamp()));
  if not found then return held_in_visit(of_session, of_user, organization, permissions, writes); end if;
  if p.status = 'left' then return null; end if;
  if p.adds_up then p.holdings := permissions_of(of_user); end if;
  select jsonb_object_agg(name, p.holdings -> name) into held from unnest(permissions) name where p.holdings ? name;
  return jsonb_build_object('held', coalesce(held, '{}'), 'sees', pg_current_snapshot());
end $$;
