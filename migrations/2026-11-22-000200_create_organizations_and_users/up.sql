-- Access tables: signing in comes before the organization is known, so these are global. The lobby's role reads and
-- writes them; the app's role sees the people of its own organization and no secret column.
create type user_scope as enum ('own', 'assigned', 'campuses', 'organization', 'global');

create table organizations (
  id uuid primary key,
  slug varchar(60) not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name varchar(200) not null check (is_plain_line(name)),
  time_zone varchar(60) not null,
  locale varchar(20) not null default 'en-GB',
  currency char(3) not null default 'EUR' check (currency ~ '^[A-Z]{3}$'),
  week_start smallint not null default 1 check (week_start between 0 and 6),
  suspended_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
comment on column organizations.week_start is 'First day of the week: 0 Sunday to 6 Saturday';
comment on column organizations.time_zone is 'IANA name; a campus may override it';

create table roles (
  id uuid primary key,
  organization_id uuid references organizations (id),
  name varchar(60) not null check (is_plain_line(name)),
  description varchar(300) not null default '',
  global_access boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  unique nulls not distinct (organization_id, name)
);
comment on column roles.organization_id is 'Null: built in, the same for everybody';

create table permissions (
  name varchar(80) primary key check (name ~ '^[A-Z]+(_[A-Z]+)+$'),
  resource varchar(60) not null,
  action varchar(20) not null,
  description varchar(300) not null
);
comment on table permissions is 'Written from the catalogue in the program at each migration; nobody edits it';

create table role_permissions (
  role_id uuid not null references roles (id),
  permission varchar(80) not null references permissions (name),
  scope user_scope not null,
  primary key (role_id, permission)
);
grant select on organizations, roles, permissions, role_permissions to belfry_app;
grant select, insert, update on organizations, roles, permissions, role_permissions to belfry_lobby;
grant delete on role_permissions to belfry_lobby;
