revoke delete on user_identities from belfry_lobby;
