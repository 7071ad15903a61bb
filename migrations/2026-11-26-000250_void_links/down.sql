drop trigger void_links on users;
drop function void_links();
