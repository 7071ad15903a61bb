drop function enter_organization(uuid, uuid, uuid, text, boolean);
drop function permissions_of(uuid);
