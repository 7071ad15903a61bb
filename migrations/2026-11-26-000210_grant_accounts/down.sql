alter function keep_holdings() security invoker;

revoke insert (id, organization_id, user_id, kind, address, request_ip, send_after, created_at) on outgoing_mail from belfry_app;
drop policy lobby on outgoing_mail;
drop policy organization on outgoing_mail;
alter table outgoing_mail disable row level security;

revoke select, insert (user_id, permission, scope, campus_ids), update (scope, campus_ids), delete
  on user_custom_permissions from belfry_app;
drop policy lobby on user_custom_permissions;
drop policy organization on user_custom_permissions;
alter table user_custom_permissions disable row level security;

revoke insert (role_id, permission, scope), update (scope), delete on role_permissions from belfry_app;
drop policy lobby on role_permissions;
drop policy organization on role_permissions;
drop policy built_in on role_permissions;
alter table role_permissions disable row level security;

revoke insert (id, organization_id, name, description), update (name, description, deleted_at) on roles from belfry_app;
drop policy lobby on roles;
drop policy organization on roles;
drop policy built_in on roles;
alter table roles disable row level security;

revoke insert (id, organization_id, role_id, role_campus_ids, first_name, last_name, phone_number, email, email_canonical,
  locale), update (role_id, role_campus_ids, first_name, last_name, phone_number, email, email_canonical, email_verified_at,
  locale, disabled_at, failed_login_attempts, locked_until, epoch, deleted_at) on users from belfry_app;
revoke select (role_campus_ids, has_password, email_canonical, provider, failed_login_attempts, locked_until, epoch,
  updated_at, updated_by_id) on users from belfry_app;
drop policy organization on users;
create policy organization on users for select to belfry_app
  using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);
