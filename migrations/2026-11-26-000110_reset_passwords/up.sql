-- Links that come by mail and set a password, each used once; and the passwords that somebody had before.
create type link_purpose as enum ('password_reset', 'invitation');
create table password_reset_tokens (
  id uuid primary key,
  user_id uuid not null references users (id),
  purpose link_purpose not null,
  token_hash bytea not null unique check (length(token_hash) = 32),
  email_canonical varchar(254) not null,
  request_ip varchar(45) not null,
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at),
  used_at timestamptz,
  invalidated_at timestamptz
);
comment on column password_reset_tokens.token_hash is '@secret SHA-256 of the token in the link';
comment on column password_reset_tokens.email_canonical is 'The address that it was sent to; worth nothing once the user has another';
create index password_reset_tokens_of_a_user on password_reset_tokens (user_id) where used_at is null and invalidated_at is null;

create table password_histories (
  id uuid primary key,
  user_id uuid not null references users (id),
  password_hash varchar(300) not null,
  created_at timestamptz not null
);
comment on column password_histories.password_hash is '@secret Argon2id, PHC string';
create index password_histories_of_a_user on password_histories (user_id, created_at desc);
insert into password_histories select id, id, password_hash, coalesce(password_updated_at, created_at)
  from users where password_hash is not null;
grant select, insert, update, delete on password_reset_tokens, password_histories to belfry_lobby;
