drop trigger history on user_custom_permissions;
drop trigger history on role_permissions;
drop trigger history on roles;
drop trigger history on users;
drop function record_change_of_access();
drop function plainly(jsonb);
