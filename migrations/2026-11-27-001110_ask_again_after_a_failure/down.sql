create or replace function keep_erasure() returns trigger language plpgsql as $$
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
