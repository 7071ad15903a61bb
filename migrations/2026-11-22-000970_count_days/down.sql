drop function days_as_counted(uuid, uuid[], date, date);
