-- A permission given directly brings what it includes for itself, whatever the role holds of it. What was given before is
-- completed here: each as far as what includes it and as far as it was given itself, whichever is further.
do $$
declare one uuid;
begin
  for one in select id from organizations loop
    perform set_config('app.organization_id', one::text, true);
    with includes (strong, weak) as (values
      ('{CREATE_STUDENTS,UPDATE_STUDENTS,READ_ACCESS_EVENTS,READ_ERASURES}', '{READ_STUDENTS}'),
      ('{CREATE_STUDENT_FILES}', '{READ_STUDENTS,READ_GUARDIANS}'),
      ('{UPDATE_GUARDIANS,CREATE_RESTRICTIONS,UPDATE_RESTRICTIONS}', '{READ_GUARDIANS}'),
      ('{UPDATE_STAFF}', '{READ_STAFF}'),
      ('{UPDATE_CLASSES,UPDATE_CLASS_ENROLLMENTS}', '{READ_CLASSES}'),
      ('{CREATE_ATTENDANCE_SESSIONS,UPDATE_ATTENDANCE_RECORDS,UPDATE_ATTENDANCE_CODES}', '{READ_ATTENDANCE_SESSIONS}'),
      ('{UPDATE_CAMPUS_ATTENDANCE_SUMMARIES}', '{READ_ATTENDANCE_REPORTS}'),
      ('{CREATE_ROLL_CALLS}', '{UPDATE_ROLL_CALLS}'),
      ('{UPDATE_ATTENDANCE_INTERVENTIONS}', '{READ_ATTENDANCE_INTERVENTIONS}'),
      ('{CREATE_LETTERS}', '{READ_ATTENDANCE_INTERVENTIONS,UPDATE_ATTENDANCE_INTERVENTIONS,READ_GUARDIANS}'),
      ('{CREATE_CAMPUSES,UPDATE_CAMPUSES}', '{READ_CAMPUSES}'),
      ('{UPDATE_CALENDAR_DAYS,UPDATE_ACADEMIC_YEARS}', '{READ_CALENDAR_DAYS}'),
      ('{UPDATE_STAFF_ATTENDANCE}', '{READ_STAFF_ATTENDANCE}'),
      ('{UPDATE_ATTENDANCE_POLICIES}', '{READ_CAMPUS_ATTENDANCE}'),
      ('{CREATE_SCHOOL_DISTRICTS,UPDATE_SCHOOL_DISTRICTS,DELETE_SCHOOL_DISTRICTS}', '{READ_SCHOOL_DISTRICTS}'),
      ('{CREATE_PROGRAMS,UPDATE_PROGRAMS,DELETE_PROGRAMS}', '{READ_PROGRAMS}'),
      ('{CREATE_ERASURES,UPDATE_ERASURES,UPDATE_RETENTION_PERIODS}', '{READ_ERASURES,READ_STUDENTS}'),
      ('{UPDATE_ORGANIZATION_VISITS}', '{READ_ORGANIZATION_VISITS}'),
      ('{CREATE_USERS,UPDATE_USERS,DELETE_USERS}', '{READ_USERS}'),
      ('{UPDATE_ROLES}', '{READ_ROLES}')
    ), held as (
      select user_id, unnest(weak::text[]) as permission, scope, campus_ids
        from user_custom_permissions join includes on permission = any (strong::text[])
        where organization_id = one
      union all
      select user_id, permission, scope, campus_ids from user_custom_permissions where organization_id = one
    ), places as (
      -- Where no campus is named, it is the one where they work.
      select held.user_id, permission, array_agg(distinct place) filter (where place is not null) as campus_ids
        from held left join staff on staff.user_id = held.user_id and staff.deleted_at is null
        cross join unnest(case campus_ids when '{}' then array[staff.campus_id] else campus_ids end) place
        where scope = 'campuses' group by held.user_id, permission
    ), complete as (
      select user_id, permission, max(scope) as scope,
          bool_and(held.campus_ids = '{}') filter (where scope = 'campuses') as is_home, places.campus_ids
        from held left join places using (user_id, permission)
        where permission in (select name from permissions)
        group by user_id, permission, places.campus_ids
    )
    insert into user_custom_permissions (user_id, permission, scope, campus_ids)
    select user_id, permission, scope,
        case when scope <> 'campuses' or is_home then '{}' else coalesce(campus_ids, '{}') end
      from complete
    on conflict (user_id, permission) do update set scope = excluded.scope, campus_ids = excluded.campus_ids
      where user_custom_permissions.scope <> excluded.scope
        or not user_custom_permissions.campus_ids @> excluded.campus_ids;
  end loop;
end $$;
