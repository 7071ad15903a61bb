-- What a role holds stands ready beside it, as the door answers it: who is this and may they do this are asked at every
-- request, and adding the rows up each time was half of their cost.
alter table roles add column holdings jsonb not null default '{}';
comment on column roles.holdings is 'Its rows of role_permissions by name, kept by a trigger; nobody edits it';

create function keep_holdings() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  -- Held first, so that of two changes at once the later one counts both.
  perform from roles where id in (select role_id from changed) order by id for no key update;
  update roles set holdings = coalesce((
      select jsonb_object_agg(permission, jsonb_build_array(jsonb_build_object('scope', scope, 'campuses', '[]'::jsonb)))
      from role_permissions where role_id = roles.id), '{}')
    where id in (select role_id from changed);
  return null;
end $$;
create trigger holdings_after_insert after insert on role_permissions referencing new table as changed
  for each statement execute function keep_holdings();
create trigger holdings_after_delete after delete on role_permissions referencing old table as changed
  for each statement execute function keep_holdings();
create trigger holdings_after_update after update on role_permissions referencing new table as changed
  for each statement execute function keep_holdings();
update roles set holdings = coalesce((
  select jsonb_object_agg(permission, jsonb_build_array(jsonb_build_object('scope', scope, 'campuses', '[]'::jsonb)))
  from role_permissions where role_id = roles.id), '{}');
revoke execute on function keep_holdings() from public;
grant execute on function keep_holdings() to belfry_lobby;
grant select (holdings) on roles to belfry_app;

-- What a person holds by their role and directly.
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
