create type relationship as enum ('mother', 'father', 'guardian', 'grandparent', 'sibling', 'other');

create table contacts (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  full_name varchar(200) collate "und-x-icu" not null, phone varchar(40), email varchar(254), address varchar(300),
  language varchar(20)
);
comment on column contacts.language is 'BCP 47 tag of the language this person speaks';
call make_tenant_table('contacts');
create index contacts_by_name on contacts (organization_id, full_name, id) where deleted_at is null;

create table guardians (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  student_id uuid not null, contact_id uuid not null, relationship relationship not null,
  position smallint not null default 1 check (position between 1 and 20),
  primary_contact boolean not null default false, lives_with boolean not null default false,
  has_custody boolean not null default false, may_collect boolean not null default false,
  may_see_records boolean not null default false, receives_mail boolean not null default false,
  emergency boolean not null default false,
  foreign key (organization_id, student_id) references students (organization_id, id),
  foreign key (organization_id, contact_id) references contacts (organization_id, id)
);
comment on column guardians.position is 'In which order to call';
call make_tenant_table('guardians', 'student_id');
create unique index guardians_link on guardians (organization_id, student_id, contact_id) where deleted_at is null;
create unique index guardians_primary on guardians (organization_id, student_id) where primary_contact and deleted_at is null;
create index guardians_of_a_contact on guardians (organization_id, contact_id);

create table restrictions (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  student_id uuid not null, contact_id uuid, person_name varchar(200),
  bars_contact boolean not null default false, bars_collection boolean not null default false,
  bars_records boolean not null default false, bars_address boolean not null default false,
  starts_on date not null, ends_on date, court_paper varchar(200),
  check (ends_on >= starts_on),
  check (contact_id is not null or person_name is not null),
  check (bars_contact or bars_collection or bars_records or bars_address),
  foreign key (organization_id, student_id) references students (organization_id, id),
  foreign key (organization_id, contact_id) references contacts (organization_id, id)
);
comment on column restrictions.ends_on is 'The last day, inclusive; null: until lifted';
call make_tenant_table('restrictions', 'student_id');
create index restrictions_of_a_student on restrictions (organization_id, student_id);
