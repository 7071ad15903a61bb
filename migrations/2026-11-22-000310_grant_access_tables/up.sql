-- The app's role sees the people of its own organization, and nothing that opens a door.
alter table users enable row level security;
create policy organization on users for select to belfry_app
  using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);
create policy lobby on users to belfry_lobby using (true) with check (true);

grant select (id, organization_id, role_id, first_name, last_name, email, phone_number, disabled_at, locale, last_seen_at,
  created_at, deleted_at) on users to belfry_app;
grant select, insert, update on users, sessions, sign_in_failures, user_custom_permissions to belfry_lobby;
grant delete on user_custom_permissions, sign_in_failures to belfry_lobby;
