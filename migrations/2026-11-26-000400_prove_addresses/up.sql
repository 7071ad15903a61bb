-- Links that prove an address: the one that somebody has, or another, which becomes theirs when the link is used.
alter type mail_kind add value if not exists 'email_verification';
alter type mail_kind add value if not exists 'email_change';
alter type mail_kind add value if not exists 'email_change_asked';
alter type mail_kind add value if not exists 'email_changed';
alter type mail_kind add value if not exists 'sign_in_stolen';
alter type mail_kind add value if not exists 'second_factor_set_up';
alter type mail_kind add value if not exists 'second_factor_removed';
alter type mail_kind add value if not exists 'recovery_codes_made';
alter type mail_kind add value if not exists 'recovery_code_used';

create table email_verification_tokens (
  id uuid primary key,
  user_id uuid not null references users (id),
  email varchar(254) not null check (is_plain_line(email)),
  present_canonical varchar(254) not null,
  token_hash bytea unique check (length(token_hash) = 32),
  request_ip varchar(45) not null,
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at),
  used_at timestamptz,
  invalidated_at timestamptz
);
comment on column email_verification_tokens.email is 'The address that the link goes to and proves';
comment on column email_verification_tokens.present_canonical is 'The address that they had when they asked; worth nothing once they have another';
comment on column email_verification_tokens.token_hash is '@secret SHA-256 of the token in the link; none before its mail is written';
create unique index email_verification_tokens_open on email_verification_tokens (user_id)
  where used_at is null and invalidated_at is null;
grant select, insert, update on email_verification_tokens to belfry_lobby;
comment on column outgoing_mail.address is 'What was asked for; where it is about the address itself it goes there, else to the one that the user has';
