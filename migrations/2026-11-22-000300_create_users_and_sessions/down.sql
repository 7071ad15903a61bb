drop table sign_in_failures;
drop table sessions;
drop table user_custom_permissions;
drop table users;
