-- Organizations as the platform's own people look after them: why one is suspended, and who changed it last.
alter table organizations add column suspended_because varchar(300),
  add column updated_by_id uuid,
  add check (is_plain_line(suspended_because)),
  add check (suspended_because is null or suspended_at is not null);
comment on column organizations.suspended_because is 'For the platform''s own people; at the door nobody is told';
comment on column organizations.updated_by_id is 'Somebody of the platform; no foreign key, so that users point here and nothing back';
create trigger stamp before update on organizations for each row execute function stamp_update();
create index users_of_an_organization on users (organization_id) where deleted_at is null;
