-- Whoever has left the school, by their staff record, has no way in, whichever it is. The lobby sees no staff records, so the
-- account says it; a trigger keeps that, and ends what was given before. Where the account belongs to a record of somebody at
-- work again, it opens again, by a new sign-in.
alter table users add column left_at timestamptz;
comment on column users.left_at is 'Since when its owner has left, by the staff record that it belongs to';
grant select (left_at) on users to belfry_app;

-- Runs as its owner, since nobody who writes staff records writes this.
create function know_who_left() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update users set left_at = case when is_gone then now() end, epoch = epoch + is_gone::integer
    from (select one, (select bool_or(status = 'left') and not bool_or(status <> 'left' and deleted_at is null) from staff
        where organization_id = new.organization_id and user_id = one) is true as is_gone
      from unnest(array[old.user_id, new.user_id]) one) theirs
    where id = one and users.organization_id = new.organization_id and (left_at is not null) <> is_gone;
  return null;
end $$;
revoke execute on function know_who_left() from public;
create trigger know_who_left after insert or update of status, user_id, deleted_at on staff for each row
  execute function know_who_left();

drop trigger void_links on users;
create trigger void_links after update of email_canonical, disabled_at, deleted_at, left_at on users for each row
  when (new.email_canonical <> old.email_canonical or new.disabled_at is not null or new.deleted_at is not null
    or new.left_at is not null)
  execute function void_links();

do $$
declare one uuid;
begin
  for one in select id from organizations loop
    perform set_config('app.organization_id', one::text, true);
    update users set left_at = now(), epoch = epoch + 1 from staff
      where staff.organization_id = one and staff.user_id = users.id and status = 'left' and staff.deleted_at is null;
  end loop;
end $$;
