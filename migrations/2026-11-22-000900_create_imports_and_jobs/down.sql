drop table jobs;
drop table import_rows;
drop table import_runs;
drop table external_ids;
drop type run_status;
