create table headcounts (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  roll_call_id uuid not null, name varchar(60) not null, begun_at timestamptz not null,
  foreign key (organization_id, roll_call_id) references roll_calls (organization_id, id)
);
comment on table headcounts is 'A moment at which a list is called: at the bus, at the gate';
call make_tenant_table('headcounts', 'roll_call_id');
create index headcounts_of_a_roll_call on headcounts (organization_id, roll_call_id, begun_at);

create table headcount_ticks (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  headcount_id uuid not null, student_id uuid not null, is_there boolean not null,
  ticked_at timestamptz not null, ticked_by_id uuid not null, version integer not null default 1,
  foreign key (organization_id, headcount_id) references headcounts (organization_id, id),
  foreign key (organization_id, student_id) references students (organization_id, id),
  foreign key (organization_id, ticked_by_id) references users (organization_id, id)
);
comment on column headcount_ticks.is_there is 'False: ticked by mistake and taken back';
call make_tenant_table('headcount_ticks', 'headcount_id');
create unique index headcount_ticks_student on headcount_ticks (organization_id, headcount_id, student_id);
