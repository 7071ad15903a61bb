create type term_kind as enum ('term', 'semester', 'quarter');
create type calendar_day_kind as enum ('holiday', 'closure', 'make_up', 'half_day');

create table campuses (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  name varchar(200) not null, code varchar(20) not null check (code ~ '^[A-Za-z0-9._-]+$'),
  address varchar(300), phone varchar(40), email varchar(254), mascot varchar(60), description text,
  color varchar(7) check (color ~ '^#[0-9a-f]{6}$'), text_color varchar(7) check (text_color ~ '^#[0-9a-f]{6}$'),
  border_color varchar(7) check (border_color ~ '^#[0-9a-f]{6}$'), bg_light varchar(7) check (bg_light ~ '^#[0-9a-f]{6}$'),
  bg_gradient varchar(200),
  is_online boolean not null default false, active boolean not null default true,
  time_zone varchar(60), day_starts_at time not null default '08:30', day_ends_at time not null default '15:30',
  check (day_starts_at < day_ends_at)
);
comment on column campuses.time_zone is 'IANA name; null: the organization''s';
call make_tenant_table('campuses');
create unique index campuses_code on campuses (organization_id, code) where deleted_at is null;

create table academic_years (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  name varchar(60) not null, start_date date not null, end_date date not null, current boolean not null default false,
  school_weekdays smallint[] not null default '{1,2,3,4,5}',
  check (start_date < end_date and end_date < start_date + 800),
  check (school_weekdays <@ '{0,1,2,3,4,5,6}' and cardinality(school_weekdays) > 0)
);
comment on column academic_years.end_date is 'The last day, inclusive';
comment on column academic_years.school_weekdays is 'Days of the week with school: 0 Sunday to 6 Saturday';
call make_tenant_table('academic_years');

create table terms (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  academic_year_id uuid not null, campus_id uuid, parent_id uuid,
  name varchar(60) not null, kind term_kind not null, start_date date not null, end_date date not null,
  check (start_date <= end_date),
  foreign key (organization_id, academic_year_id) references academic_years (organization_id, id),
  foreign key (organization_id, campus_id) references campuses (organization_id, id),
  foreign key (organization_id, parent_id) references terms (organization_id, id)
);
call make_tenant_table('terms');

create table calendar_days (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  campus_id uuid not null, day date not null, kind calendar_day_kind not null,
  starts_at time, ends_at time, note varchar(200),
  foreign key (organization_id, campus_id) references campuses (organization_id, id)
);
call make_tenant_table('calendar_days');
create unique index calendar_days_day on calendar_days (organization_id, campus_id, day) where deleted_at is null;
