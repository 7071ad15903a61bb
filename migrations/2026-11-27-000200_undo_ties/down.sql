comment on table sign_in_failures is 'Wrong guesses by network address (IPv6: its /64); they decay';
delete from sign_in_failures where address like 'nobody %';
drop trigger history on users;
create trigger history after insert or update on users for each row when (current_user = 'belfry_app')
  execute function record_change_of_access('id', 'first_name', 'last_name', 'phone_number', 'email', 'locale', 'role_id',
    'role_campus_ids', 'disabled_at', 'second_factor_at', 'epoch', 'deleted_at');
drop trigger forget_sign_on on users;
drop function forget_sign_on();
alter table users drop column sign_on_at;

-- An enumeration loses words only by being made anew.
delete from outgoing_mail where kind::text = 'sign_on_tied';
alter type mail_kind rename to mail_kind_before;
do $$
declare kinds text;
begin
  select string_agg(quote_literal(enumlabel), ', ' order by enumsortorder) into kinds from pg_enum
    where enumtypid = 'mail_kind_before'::regtype and enumlabel <> 'sign_on_tied';
  execute format('create type mail_kind as enum (%s)', kinds);
end $$;
alter table outgoing_mail alter column kind type mail_kind using kind::text::mail_kind;
drop type mail_kind_before;
