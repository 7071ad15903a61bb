create table grades (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  name varchar(60) not null, code varchar(20) not null, sort_order integer not null, description varchar(300)
);
call make_tenant_table('grades');
create unique index grades_code on grades (organization_id, code) where deleted_at is null;

create table subjects (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  name varchar(120) not null, code varchar(60) not null, description varchar(300)
);
call make_tenant_table('subjects');
create unique index subjects_code on subjects (organization_id, code) where deleted_at is null;
