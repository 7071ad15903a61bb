drop trigger stamp on roles;
drop trigger stamp on users;
drop trigger own_role on users;
drop function hold_own_role();
drop trigger belongs on user_custom_permissions;
drop trigger belongs on role_permissions;
drop function belong_to_organization();
alter table user_custom_permissions drop column organization_id;
alter table role_permissions drop column organization_id;
drop index roles_name;
alter table roles drop column updated_by_id,
  add constraint roles_organization_id_name_key unique nulls not distinct (organization_id, name);
drop index users_by_name;
alter table users drop column role_campus_ids, drop column has_password, drop column updated_by_id,
  alter column first_name type varchar(100) collate "default", alter column last_name type varchar(100) collate "default";
