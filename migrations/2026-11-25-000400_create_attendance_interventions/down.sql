drop index attendance_days_missed;
drop table attendance_interventions;
drop function record_change_of_attendance_interventions();
drop type intervention_outcome, intervention_kind;
