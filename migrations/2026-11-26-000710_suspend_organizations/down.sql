drop index users_of_an_organization;
drop trigger stamp on organizations;
alter table organizations drop column suspended_because, drop column updated_by_id;
