create table users (
  id uuid primary key,
  organization_id uuid references organizations (id),
  role_id uuid references roles (id),
  first_name varchar(100) not null check (is_plain_line(first_name)),
  last_name varchar(100) not null check (is_plain_line(last_name)),
  phone_number varchar(40) check (is_plain_line(phone_number)),
  email varchar(254) not null check (is_plain_line(email)),
  email_canonical varchar(254) not null,
  email_verified_at timestamptz,
  disabled_at timestamptz,
  provider varchar(40) not null default 'local',
  locale varchar(20),
  password_hash varchar(300),
  password_updated_at timestamptz,
  failed_login_attempts integer not null default 0 check (failed_login_attempts >= 0),
  locked_until timestamptz,
  epoch integer not null default 0,
  last_seen_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  unique (organization_id, id)
);
create unique index users_email on users (email_canonical) where deleted_at is null;
comment on column users.email_canonical is 'NFKC, lower case: what two spellings of one address share';
comment on column users.password_hash is '@secret Argon2id, PHC string';
comment on column users.epoch is 'Raised to end every session at once';

create table user_custom_permissions (
  user_id uuid not null references users (id),
  permission varchar(80) not null references permissions (name),
  scope user_scope not null,
  campus_ids uuid[] not null default '{}',
  primary key (user_id, permission)
);

create table sessions (
  id uuid primary key,
  token_hash bytea not null unique check (length(token_hash) = 32),
  user_id uuid not null references users (id),
  epoch integer not null,
  ip_address varchar(45) not null,
  user_agent varchar(200) not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at),
  ended_at timestamptz
);
create index sessions_of_a_user on sessions (user_id) where ended_at is null;
comment on column sessions.token_hash is '@secret SHA-256 of the token in the cookie';

create table sign_in_failures (
  address varchar(45) primary key,
  failures integer not null check (failures > 0),
  failed_at timestamptz not null
);
comment on table sign_in_failures is 'Wrong guesses by network address (IPv6: its /64); they decay';
