comment on column outgoing_mail.address is 'What was asked for; mail goes to the address that the user has';
drop table email_verification_tokens;

-- An enumeration loses words only by being made anew.
delete from outgoing_mail where kind::text ~ '^(email_|sign_in_|second_factor_|recovery_)';
alter type mail_kind rename to mail_kind_before;
do $$
declare kinds text;
begin
  select string_agg(quote_literal(enumlabel), ', ' order by enumsortorder) into kinds from pg_enum
    where enumtypid = 'mail_kind_before'::regtype and enumlabel !~ '^(email_|sign_in_|second_factor_|recovery_)';
  execute format('create type mail_kind as enum (%s)', kinds);
end $$;
alter table outgoing_mail alter column kind type mail_kind using kind::text::mail_kind;
drop type mail_kind_before;
