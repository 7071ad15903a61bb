drop trigger know_who_left on staff;
drop function know_who_left();
drop trigger void_links on users;
create trigger void_links after update of email_canonical, disabled_at, deleted_at on users for each row
  when (new.email_canonical <> old.email_canonical or new.disabled_at is not null or new.deleted_at is not null)
  execute function void_links();
alter table users drop column left_at;
