drop function keep_marks(uuid, uuid, date, jsonb);
