-- Whose account was deleted and who was given another signs on by the same account at the provider: its tie goes from the
-- deleted one to that.
grant delete on user_identities to belfry_lobby;
