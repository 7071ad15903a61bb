alter function told_of_days(uuid, uuid[], date, date) reset search_path;
