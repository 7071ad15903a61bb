drop function identity_provider_at(text);
revoke update (provider) on users from belfry_lobby;
drop table user_identities;
alter table users drop constraint users_provider;
comment on column users.provider is null;
drop table identity_providers;
drop function record_change_of_identity_providers();
drop type provider_kind;
