-- A visit is of the browser that entered, and of no other in which the same person is signed in; with its session it ends.
alter table organization_visits add column session_id uuid references sessions (id);
comment on column organization_visits.session_id is 'The session that entered: nobody else is inside, and without one nobody';
update organization_visits set ended_at = now() where ended_at is null;

create function end_visits() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  update organization_visits set ended_at = new.ended_at
    where user_id = new.user_id and session_id = new.id and ended_at is null;
  return null;
end $$;
revoke execute on function end_visits() from public;
create trigger end_visits after update of ended_at on sessions for each row
  when (old.ended_at is null and new.ended_at is not null) execute function end_visits();

-- The door for platform staff as it was, but that the session has to be the one that entered.
create or replace function held_in_visit(of_session uuid, of_user uuid, organization uuid, permissions text[], writes boolean)
returns jsonb language plpgsql stable set search_path = public, pg_temp as $$
declare
  p record;
  held jsonb;
begin
  select roles.holdings, exists (select from organization_visits v join organizations o on o.id = v.organization_id
      where v.user_id = of_user and v.session_id = of_session and v.organization_id = organization and v.ended_at is null
        and v.until_at > clock_timestamp() and o.suspended_at is null and o.deleted_at is null) as is_inside into p
    from users join roles on roles.id = role_id
    where users.id = of_user and users.organization_id is null and global_access
      and disabled_at is null and users.deleted_at is null
      and exists (select from sessions where sessions.id = of_session and user_id = of_user
        and sessions.epoch = users.epoch and ended_at is null and expires_at > clock_timestamp());
  if not found then return null; end if;
  select jsonb_object_agg(name, p.holdings -> name) into held from unnest(permissions) name
    where p.is_inside and not writes and p.holdings ? name;
  return jsonb_build_object('held', coalesce(held, '{}'));
end $$;

drop function visitor(uuid);
create function visitor(of_user uuid, of_session uuid) returns jsonb language sql stable set search_path = public, pg_temp as $$
  select jsonb_build_object('user', users.id, 'organization', o.id, 'first_name', users.first_name,
    'last_name', users.last_name, 'email', users.email, 'role', roles.name, 'global_access', true,
    'organization_name', o.name, 'slug', o.slug, 'locale', o.locale, 'time_zone', o.time_zone,
    'visit', case when o.id is not null then jsonb_build_object('id', v.id, 'until', v.until_at) end,
    'permissions', case when o.id is null then '{}' else roles.holdings end)
  from users join roles on roles.id = users.role_id
  left join organization_visits v on v.user_id = users.id and v.session_id = of_session and v.ended_at is null and v.until_at > clock_timestamp()
  left join organizations o on o.id = v.organization_id and o.suspended_at is null and o.deleted_at is null
  where users.id = of_user
$$;
revoke execute on function visitor(uuid, uuid) from public;
