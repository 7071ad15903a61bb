-- A new organization demands a second factor of its administrators and of who keeps its money (OWASP ASVS 5.0, 6.3.3), until
-- it says otherwise. Runs as its owner, since nobody is in the organization yet.
create function demand_at_founding(organization uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  inside constant text := coalesce(current_setting('app.organization_id', true), '');
begin
  perform set_config('app.organization_id', organization::text, true);
  insert into second_factor_rules (organization_id, id, role_id)
    select organization, uuid_v7(), id from roles where organization_id is null and name in ('Administrator', 'Finance');
  perform set_config('app.organization_id', inside, true);
  return true;
end $$;
revoke execute on function demand_at_founding(uuid) from public;
grant execute on function demand_at_founding(uuid) to belfry_lobby;
