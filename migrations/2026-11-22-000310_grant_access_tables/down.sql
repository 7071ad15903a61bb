drop policy lobby on users;
drop policy organization on users;
revoke all on users, sessions, sign_in_failures, user_custom_permissions from belfry_app, belfry_lobby;
