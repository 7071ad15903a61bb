drop function attendance_between(uuid, boolean, uuid[], text, date, date);
