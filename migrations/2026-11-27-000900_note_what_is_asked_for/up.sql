-- A new password that is asked for stands in the record, and so does a guess at an account that is gone.
alter type access_action add value if not exists 'asked';
create index users_gone on users (email_canonical, deleted_at) where deleted_at is not null;
