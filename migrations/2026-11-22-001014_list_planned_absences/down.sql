drop index planned_absences_to_come;
alter table planned_absences drop column list_id;
call keep_history('planned_absences', 'student_id');
