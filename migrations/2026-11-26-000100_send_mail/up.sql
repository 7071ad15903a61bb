-- Mail waits here until it is sent. A link's token is made when its mail is written, so that no usable one ever stands here.
create type mail_kind as enum ('password_reset', 'invitation', 'password_changed');
create table outgoing_mail (
  id uuid primary key,
  organization_id uuid references organizations (id),
  user_id uuid references users (id),
  kind mail_kind not null,
  address varchar(254) not null,
  request_ip varchar(45) not null,
  status run_status not null default 'waiting',
  attempts smallint not null default 0,
  send_after timestamptz not null,
  last_error varchar(500),
  created_at timestamptz not null,
  ended_at timestamptz,
  check (is_plain_line(address) and is_plain_line(last_error))
);
comment on column outgoing_mail.user_id is 'Whom it is for; none where somebody asked for an address that nobody has, which is kept so that it takes as long';
comment on column outgoing_mail.organization_id is 'Whose mail it is; none for the platform''s';
comment on column outgoing_mail.address is 'What was asked for; mail goes to the address that the user has';
comment on column outgoing_mail.send_after is 'Not before; whoever sends it puts this off first, so that nobody else does';
create index outgoing_mail_waiting on outgoing_mail (send_after) where status = 'waiting';
create index outgoing_mail_by_age on outgoing_mail (created_at);
grant select, insert, update, delete on outgoing_mail to belfry_lobby;
