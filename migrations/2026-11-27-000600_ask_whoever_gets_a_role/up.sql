-- Whoever is given a role that demands a second factor and has none is signed out like those who held it when the rule was
-- made, and sets one up at the next sign-in. Runs as its owner, since not whoever gives a role sees the rules.
create function ask_whoever_gets_a_role() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform set_config('app.organization_id', new.organization_id::text, true);
  if exists (select from second_factor_rules where organization_id = new.organization_id and role_id = new.role_id
      and deleted_at is null) then
    new.epoch := new.epoch + 1;
  end if;
  return new;
end $$;
revoke execute on function ask_whoever_gets_a_role() from public;
create trigger prove_twice before update of role_id on users for each row
  when (new.role_id is distinct from old.role_id and new.organization_id is not null and new.second_factor_at is null)
  execute function ask_whoever_gets_a_role();
