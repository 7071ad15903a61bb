drop function marks_to_count(uuid, uuid[], date, date);
