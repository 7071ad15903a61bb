drop function days_as_told(uuid, uuid[], date, date);
