drop function held_in_visit(uuid, uuid, uuid, text[], boolean);
drop function visitor(uuid);
