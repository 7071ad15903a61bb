-- Refresh tokens: a browser whose owner stays signed in renews its session with one, and is given another each time.
create table auth_refresh_tokens (
  id uuid primary key,
  user_id uuid not null references users (id),
  organization_id uuid references organizations (id),
  token_hash bytea not null unique check (length(token_hash) = 32),
  family_id uuid not null references auth_refresh_tokens (id),
  previous_token_id uuid unique references auth_refresh_tokens (id),
  replaced_by_token_id uuid unique references auth_refresh_tokens (id) deferrable initially deferred,
  session_id uuid not null references sessions (id),
  epoch integer not null,
  user_agent varchar(200) not null,
  ip_address varchar(45) not null,
  created_at timestamptz not null,
  seen_at timestamptz check ((seen_at is null) = (replaced_by_token_id is null)),
  expires_at timestamptz not null check (expires_at > created_at),
  revoked_at timestamptz
);
comment on column auth_refresh_tokens.token_hash is '@secret SHA-256 of the token in the cookie that stays';
comment on column auth_refresh_tokens.family_id is 'The first of all that come from one sign-in';
comment on column auth_refresh_tokens.session_id is 'The session that was opened with it; once that is ended by somebody, it renews nothing';
comment on column auth_refresh_tokens.seen_at is 'When it was used, and another took its place';
create index auth_refresh_tokens_of_a_user on auth_refresh_tokens (user_id, expires_at);
create index auth_refresh_tokens_of_a_family on auth_refresh_tokens (family_id);
create index auth_refresh_tokens_of_a_session on auth_refresh_tokens (session_id);
grant select, insert, update, delete on auth_refresh_tokens to belfry_lobby;
