drop index jobs_running;
alter table jobs drop column stage, drop column beat_at, drop column cancel_asked;
call keep_history('jobs', 'id');
drop table import_files;
drop index import_runs_by_time;
alter table import_runs drop constraint import_runs_kind,
  drop column job_id, drop column mends_id, drop column mapping, drop column findings, drop column end_many, drop column failure,
  alter column source_system type varchar(120) using coalesce(source_system, '?'), alter column source_system set not null,
  alter column status type run_status using
    (case status when 'uploaded' then 'waiting' when 'rehearsed' then 'waiting' when 'rehearsing' then 'waiting' when 'applying' then 'running' else status::text end)::run_status;
comment on column import_runs.source_system is null;
call keep_history('import_runs', 'id');
drop type import_state;
