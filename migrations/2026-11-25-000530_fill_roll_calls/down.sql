drop function fill_roll_call(uuid, uuid, uuid[]);
