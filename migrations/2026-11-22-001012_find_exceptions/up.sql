-- A day's marks that are not simply present: sixty among a thousand, and the board asks for nothing else.
create index attendance_records_exceptions on attendance_records (organization_id, session_date) where status <> 'present';
