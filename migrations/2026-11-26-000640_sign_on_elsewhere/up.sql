-- An organization's own provider of sign-on (OpenID Connect), and whose sign-in there is whose account here.
create type provider_kind as enum ('google', 'microsoft', 'other');

create table identity_providers (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  kind provider_kind not null,
  name varchar(60) not null,
  issuer varchar(255) not null,
  client_id varchar(255) not null,
  client_secret bytea not null,
  email_domains varchar(1000),
  creates_accounts boolean not null default false
);
comment on column identity_providers.issuer is 'What OpenID Connect calls so: its address, exactly as its tokens say';
comment on column identity_providers.client_secret is '@secret Closed with the server''s key';
comment on column identity_providers.email_domains is 'Domains of the school''s own addresses, parted by blanks; none: any address that the provider has verified';
comment on column identity_providers.creates_accounts is 'Whether who has no account here gets one, without a role';
call make_tenant_table('identity_providers');
-- What the provider knows Belfry by is written by an administrator and read at the door alone.
revoke select on identity_providers from belfry_app;
grant select (organization_id, id, kind, name, issuer, client_id, email_domains, creates_accounts, created_at, updated_at,
  deleted_at, created_by_id, updated_by_id) on identity_providers to belfry_app;
create unique index identity_providers_one on identity_providers (organization_id) where deleted_at is null;

alter table users add constraint users_provider check (provider in ('local', 'google', 'microsoft', 'other'));
comment on column users.provider is 'By what they last came in: local is a password';
create table user_identities (
  organization_id uuid not null references organizations (id),
  user_id uuid not null references users (id),
  issuer varchar(255) not null,
  subject varchar(255) not null,
  tied_at timestamptz not null,
  primary key (organization_id, issuer, subject),
  unique (user_id, issuer)
);
comment on table user_identities is 'Who somebody is at a provider: by its subject, which outlives a change of address there';
grant select, insert on user_identities to belfry_lobby;
grant update (provider) on users to belfry_lobby;

-- What is needed before anybody is known: the provider of the organization that a sign-in address names.
create function identity_provider_at(place text) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  o record;
begin
  select id, name into o from organizations where slug = place and suspended_at is null and deleted_at is null;
  if not found then return null; end if;
  perform set_config('app.organization_id', o.id::text, true);
  return (select to_jsonb(p) || jsonb_build_object('organization', o.name) from identity_providers p
    where organization_id = o.id and deleted_at is null);
end $$;
revoke execute on function identity_provider_at(text) from public;
grant execute on function identity_provider_at(text) to belfry_lobby;
