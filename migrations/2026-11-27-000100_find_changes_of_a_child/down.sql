drop function is_change_of(uuid, text, uuid, jsonb, uuid[]);
