-- A closure is declared at several campuses at once and undone at once, so the days that it made know it, and it knows
-- which registers it took back.
create table closures (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  day date not null, closes_at time, reason varchar(200)
);
comment on table closures is 'School had to close, at one campus or more, for a whole day or from an hour on';
comment on column closures.closes_at is 'The hour from which there is no school; null: the whole day';
call make_tenant_table('closures');

alter table calendar_days add column closure_id uuid, add column replaced_by_id uuid,
  add foreign key (organization_id, closure_id) references closures (organization_id, id),
  add foreign key (organization_id, replaced_by_id) references closures (organization_id, id);
comment on column calendar_days.closure_id is 'The closure that made it';
comment on column calendar_days.replaced_by_id is 'The closure that put another day in its place; undoing that brings it back';
call keep_history('calendar_days', 'id');
create index calendar_days_of_a_closure on calendar_days (organization_id, closure_id) where closure_id is not null;
create index calendar_days_replaced on calendar_days (organization_id, replaced_by_id) where replaced_by_id is not null;

create table closure_withdrawals (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  closure_id uuid not null, attendance_session_id uuid not null,
  submitted_at timestamptz not null, submitted_by_id uuid not null,
  foreign key (organization_id, closure_id) references closures (organization_id, id),
  foreign key (organization_id, attendance_session_id) references attendance_sessions (organization_id, id),
  foreign key (organization_id, submitted_by_id) references users (organization_id, id)
);
comment on table closure_withdrawals is 'A register that a closure took back, with the submission as it stood';
call make_tenant_table('closure_withdrawals', 'closure_id');
create unique index closure_withdrawals_session on closure_withdrawals
  (organization_id, closure_id, attendance_session_id) where deleted_at is null;
