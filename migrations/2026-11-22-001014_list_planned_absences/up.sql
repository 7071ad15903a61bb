alter table planned_absences add column list_id uuid;
comment on column planned_absences.list_id is 'The same for everybody on one list, such as a trip''s';
call keep_history('planned_absences', 'student_id');
create index planned_absences_to_come on planned_absences (organization_id, ends_on) where deleted_at is null;
