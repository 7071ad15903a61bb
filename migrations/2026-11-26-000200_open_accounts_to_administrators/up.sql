-- What an administrator does to other people's accounts goes through the app's role: its own organization's rows, the
-- columns named here, and never a password. Row-level security is enabled and not forced, since the door's functions
-- look before an organization is set.
alter table users
  alter column first_name type varchar(100) collate "und-x-icu", alter column last_name type varchar(100) collate "und-x-icu",
  add column role_campus_ids uuid[] not null default '{}',
  add column has_password boolean not null generated always as (password_hash is not null) stored,
  add column updated_by_id uuid references users (id);
comment on column users.role_campus_ids is 'Where the role holds; empty: as far as the role says';
create index users_by_name on users (organization_id, last_name, first_name, id);
alter table roles add column updated_by_id uuid references users (id),
  drop constraint roles_organization_id_name_key;
create unique index roles_name on roles (organization_id, name) nulls not distinct where deleted_at is null;
alter table role_permissions add column organization_id uuid references organizations (id);
alter table user_custom_permissions add column organization_id uuid references organizations (id);
update user_custom_permissions set organization_id = users.organization_id from users where users.id = user_id;

-- A grant belongs where its role or user does, whatever it was written with.
create function belong_to_organization() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'role_permissions' then
    new.organization_id := (select organization_id from roles where id = new.role_id);
  else
    new.organization_id := (select organization_id from users where id = new.user_id);
  end if;
  return new;
end $$;
create trigger belongs before insert or update on role_permissions for each row execute function belong_to_organization();
create trigger belongs before insert or update on user_custom_permissions for each row execute function belong_to_organization();

-- A user holds a role that is built in or their organization's own; the platform's only who belongs to none.
create function hold_own_role() returns trigger language plpgsql as $$
begin
  if not exists (select from roles where id = new.role_id and coalesce(organization_id = new.organization_id, true)
      and not (global_access and new.organization_id is not null)) then
    raise foreign_key_violation using message = 'the role is not of this organization';
  end if;
  return new;
end $$;
create trigger own_role before insert or update of role_id on users for each row when (new.role_id is not null)
  execute function hold_own_role();

create trigger stamp before update of role_id, role_campus_ids, first_name, last_name, phone_number, email, locale,
  disabled_at, deleted_at on users for each row execute function stamp_update();
create trigger stamp before update of name, description, deleted_at on roles for each row execute function stamp_update();
