drop table role_permissions;
drop table permissions;
drop table roles;
drop table organizations;
drop type user_scope;
