-- A student is taken out for good by two persons: one asks, another approves. What stays is that it was done.
create type erasure_state as enum ('asked', 'approved', 'declined', 'carried_out');
create type erasure_basis as enum ('retention', 'family', 'law');
create table erasures (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  student_id uuid not null, ground erasure_basis not null, reason varchar(300),
  asked_by_id uuid not null, asked_at timestamptz not null,
  state erasure_state not null default 'asked',
  decided_by_id uuid, decided_at timestamptz, declined_because varchar(300), failure varchar(500),
  carried_out_at timestamptz, first_day date, last_day date, removed jsonb,
  foreign key (organization_id, asked_by_id) references users (organization_id, id),
  foreign key (organization_id, decided_by_id) references users (organization_id, id),
  constraint two_persons check (decided_by_id <> asked_by_id),
  check ((decided_by_id is null) = (state = 'asked') and (decided_at is null) = (state = 'asked')),
  check ((carried_out_at is null) = (state <> 'carried_out') and (removed is null) = (state <> 'carried_out')),
  check (state <> 'carried_out' or reason is null and failure is null)
);
comment on table erasures is 'That a student is to be taken out for good, and the stone that stands where they were';
comment on column erasures.student_id is 'No foreign key: it outlives the student';
comment on column erasures.reason is '@sensitive In words; taken out with the student';
comment on column erasures.declined_because is '@sensitive';
comment on column erasures.removed is 'How many rows of which table';
call make_tenant_table('erasures');
create unique index erasures_open on erasures (organization_id, student_id) where state in ('asked', 'approved');

-- Whoever asks or decides is whoever is at work, so that two sign-ins take part; what is decided stays decided.
create function keep_erasure() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'asked' or new.asked_by_id is distinct from app_user() then
      raise exception 'an erasure is asked for by whoever is at work';
    end if;
    return new;
  end if;
  if old.state in ('declined', 'carried_out') or old.state = 'approved' and new.state not in ('approved', 'carried_out')
    or (new.student_id, new.asked_by_id, new.asked_at, new.ground) is distinct from (old.student_id, old.asked_by_id, old.asked_at, old.ground)
    or old.decided_by_id is not null and new.decided_by_id is distinct from old.decided_by_id then
    raise exception 'what is said of an erasure stays said';
  end if;
  if old.decided_by_id is null and new.decided_by_id is not null and new.decided_by_id is distinct from app_user() then
    raise exception 'an erasure is decided by whoever is at work';
  end if;
  return new;
end $$;
create trigger stays_said before insert or update on erasures for each row execute function keep_erasure();

-- Of what was changed the values go, and nothing else: who changed something of what kind, and when, stays.
create or replace function refuse_change() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' and tg_relid in (select relid from pg_partition_tree('change_events'))
      and nullif(current_setting('app.erasing', true), '') is not null and to_jsonb(new) - 'changes' = to_jsonb(old) - 'changes' then
    return new;
  end if;
  raise exception '% is append-only', tg_table_name;
end $$;
