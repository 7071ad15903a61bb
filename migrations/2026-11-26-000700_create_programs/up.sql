-- School districts, the programs that they offer, and who works in a program or is a student of it.
create type user_program_status as enum ('active', 'inactive');

create table school_districts (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  name varchar(200) collate "und-x-icu" not null,
  contact_name varchar(200), contact_email varchar(254), contact_phone varchar(40)
);
call make_tenant_table('school_districts');
create unique index school_districts_name on school_districts (organization_id, name) where deleted_at is null;

create table programs (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  school_district_id uuid,
  name varchar(200) collate "und-x-icu" not null, code varchar(20), description text,
  check (length(description) <= 2000),
  foreign key (organization_id, school_district_id) references school_districts (organization_id, id)
);
comment on column programs.code is 'What forms and files of the district call it';
call make_tenant_table('programs');
create unique index programs_name on programs (organization_id, name) where deleted_at is null;
create index programs_of_a_district on programs (organization_id, school_district_id) where deleted_at is null;

create table user_programs (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  user_id uuid not null, program_id uuid not null,
  is_primary boolean not null default false,
  status user_program_status not null default 'active',
  joined_at timestamptz not null,
  check (status = 'active' or not is_primary),
  foreign key (organization_id, user_id) references users (organization_id, id),
  foreign key (organization_id, program_id) references programs (organization_id, id)
);
comment on column user_programs.joined_at is 'When they last became active in it';
call make_tenant_table('user_programs', 'program_id');
create unique index user_programs_once on user_programs (organization_id, program_id, user_id) where deleted_at is null;
create unique index user_programs_primary on user_programs (organization_id, user_id) where is_primary and deleted_at is null;
create index user_programs_of_a_user on user_programs (organization_id, user_id) where deleted_at is null;

alter table students add column program_id uuid,
  add foreign key (organization_id, program_id) references programs (organization_id, id);
call keep_history('students', 'id');
create index students_of_a_program on students (organization_id, program_id, last_name, first_name, id)
  where program_id is not null and deleted_at is null;
