-- Browsers from which somebody has signed in before: a stranger's wrong guesses do not hold them up.
create table known_devices (
  user_id uuid not null references users (id),
  token_hash bytea not null check (length(token_hash) = 32),
  failures integer not null default 0 check (failures >= 0),
  failed_at timestamptz,
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  primary key (user_id, token_hash)
);
comment on column known_devices.token_hash is '@secret SHA-256 of the token in the cookie that stays';
comment on column known_devices.failures is 'Wrong guesses for this user from this browser; after a few it counts as unknown';
create index known_devices_of_a_token on known_devices (token_hash);
grant select, insert, update, delete on known_devices to belfry_lobby;

-- One more wrong guess from a network address. One is forgiven every minute, so that a school behind one address and
-- its everyday slips stay far from the ladder.
create function count_failure_from(network text, at timestamptz) returns integer language sql as $$
  insert into sign_in_failures as f (address, failures, failed_at) values (network, 1, at)
  on conflict (address) do update set failed_at = greatest(f.failed_at, at),
    failures = greatest(f.failures - floor(greatest(extract(epoch from at - f.failed_at), 0) / 60), 0)::integer + 1
  returning failures $$;

create index sign_in_failures_by_age on sign_in_failures (failed_at);

-- Readiness compares the shape of the database with the one that the program knows.
grant select on __diesel_schema_migrations to belfry_lobby;
