drop trigger total_of_inserts on attendance_days;
drop trigger total_of_updates on attendance_days;
drop function add_totals_of_inserts();
drop function add_totals_of_updates();
