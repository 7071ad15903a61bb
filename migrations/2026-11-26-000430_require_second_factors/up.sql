-- Roles whose holders must have a second factor. A built-in role is everybody's, so the rule stands beside it.
create table second_factor_rules (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  role_id uuid not null
);
call make_tenant_table('second_factor_rules');
create unique index second_factor_rules_role on second_factor_rules (organization_id, role_id) where deleted_at is null;

-- Whether somebody must: by a rule of their organization, and whoever has global access always.
create function must_prove_twice(of_user uuid) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  u record;
begin
  select users.organization_id, role_id, coalesce(global_access, false) as global_access into u
    from users left join roles on roles.id = role_id where users.id = of_user;
  if u.global_access then return true; end if;
  perform set_config('app.organization_id', u.organization_id::text, true);
  return exists (select from second_factor_rules where organization_id = u.organization_id
    and role_id = u.role_id and deleted_at is null);
end $$;
revoke execute on function must_prove_twice(uuid) from public;
grant execute on function must_prove_twice(uuid) to belfry_lobby;

-- Whoever holds the role and has none is signed out, and sets one up at the next sign-in; whoever makes the rule may
-- finish what they are doing.
create function ask_for_second_factor() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update users set epoch = epoch + 1 where organization_id = new.organization_id and role_id = new.role_id
    and second_factor_at is null and id is distinct from new.created_by_id;
  return null;
end $$;
revoke execute on function ask_for_second_factor() from public;
create trigger ask after insert on second_factor_rules for each row execute function ask_for_second_factor();
