-- A second factor: codes from an app on somebody's phone (TOTP, RFC 6238), and codes on paper for when that is lost.
alter table users add column second_factor_at timestamptz;
comment on column users.second_factor_at is 'Since when sign-in asks for a code, too; none: it does not';
grant select (second_factor_at) on users to belfry_app;

create table second_factors (
  user_id uuid primary key references users (id),
  secret bytea,
  last_step bigint,
  next_secret bytea,
  next_asked_at timestamptz check ((next_asked_at is null) = (next_secret is null)),
  failures integer not null default 0 check (failures >= 0),
  locked_until timestamptz
);
comment on column second_factors.secret is '@secret Closed with the server''s key; what the codes are made of';
comment on column second_factors.last_step is 'The step of time whose code was used last: a code opens once';
comment on column second_factors.next_secret is '@secret The same, while it is being set up and not yet proved';
comment on column second_factors.failures is 'Wrong codes; only whoever knows the password can make any';

create table recovery_codes (
  id uuid primary key,
  user_id uuid not null references users (id),
  code_hash bytea not null check (length(code_hash) = 32),
  created_at timestamptz not null,
  used_at timestamptz,
  unique (user_id, code_hash)
);
comment on column recovery_codes.code_hash is '@secret SHA-256 of the user and the code';

create table pending_sign_ins (
  token_hash bytea primary key check (length(token_hash) = 32),
  user_id uuid not null references users (id),
  epoch integer not null,
  stays boolean not null,
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at),
  ended_at timestamptz
);
comment on table pending_sign_ins is 'Somebody knew the password and has still to show a code; opens nothing';
comment on column pending_sign_ins.token_hash is '@secret SHA-256 of the token in the cookie';
create index pending_sign_ins_by_age on pending_sign_ins (expires_at);
grant select, insert, update, delete on second_factors, recovery_codes, pending_sign_ins to belfry_lobby;
