drop function erase_student(uuid, uuid, date, timestamptz);
