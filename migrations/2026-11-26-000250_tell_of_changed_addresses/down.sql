drop trigger void_links on users;
drop function void_links();

delete from outgoing_mail where kind = 'address_changed';
alter type mail_kind rename to mail_kind_before;
create type mail_kind as enum ('password_reset', 'invitation', 'password_changed');
alter table outgoing_mail alter column kind type mail_kind using kind::text::mail_kind;
drop type mail_kind_before;
