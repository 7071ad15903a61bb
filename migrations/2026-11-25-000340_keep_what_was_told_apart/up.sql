-- A path of its own keeps the function out of the statements that call it. Folded into count_days, it was run again for each day
-- wherever nothing had been analyzed yet, as after an import.
alter function told_of_days(uuid, uuid[], date, date) set search_path = public, pg_temp;
