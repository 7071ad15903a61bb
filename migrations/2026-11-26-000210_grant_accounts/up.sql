-- Which rows and columns of the access tables the app's role may write. The catalogue's check holds this list to its own.
drop policy organization on users;
create policy organization on users to belfry_app
  using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);
grant select (role_campus_ids, has_password, email_canonical, provider, failed_login_attempts, locked_until, epoch,
  updated_at, updated_by_id) on users to belfry_app;
grant insert (id, organization_id, role_id, role_campus_ids, first_name, last_name, phone_number, email, email_canonical,
  locale), update (role_id, role_campus_ids, first_name, last_name, phone_number, email, email_canonical, email_verified_at,
  locale, disabled_at, failed_login_attempts, locked_until, epoch, deleted_at) on users to belfry_app;

alter table roles enable row level security;
create policy built_in on roles for select to belfry_app using (organization_id is null);
create policy organization on roles to belfry_app
  using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);
create policy lobby on roles to belfry_lobby using (true) with check (true);
grant insert (id, organization_id, name, description), update (name, description, deleted_at) on roles to belfry_app;

alter table role_permissions enable row level security;
create policy built_in on role_permissions for select to belfry_app using (organization_id is null);
create policy organization on role_permissions to belfry_app
  using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);
create policy lobby on role_permissions to belfry_lobby using (true) with check (true);
grant insert (role_id, permission, scope), update (scope), delete on role_permissions to belfry_app;

alter table user_custom_permissions enable row level security;
create policy organization on user_custom_permissions to belfry_app
  using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);
create policy lobby on user_custom_permissions to belfry_lobby using (true) with check (true);
grant select, insert (user_id, permission, scope, campus_ids), update (scope, campus_ids), delete
  on user_custom_permissions to belfry_app;

alter table outgoing_mail enable row level security;
create policy organization on outgoing_mail to belfry_app
  using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);
create policy lobby on outgoing_mail to belfry_lobby using (true) with check (true);
grant insert (id, organization_id, user_id, kind, address, request_ip, send_after, created_at) on outgoing_mail to belfry_app;

-- Writes what nobody else may: whoever changes a role's rows has no right to its holdings.
alter function keep_holdings() security definer;
