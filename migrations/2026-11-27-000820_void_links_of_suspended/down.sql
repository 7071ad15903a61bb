drop trigger void_links on organizations;
drop function void_links_of_organization();
