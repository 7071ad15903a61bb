-- What is wrong with the role that is signed in as ($1: the one expected): it must be plain and own nothing.
select rolname::text as place, complaint from pg_roles, lateral (values
    (rolname <> $1, 'is not ' || $1 || ', whose rights the migrations grant'),
    (rolsuper, 'is a superuser: row-level security does not bind it'),
    (rolbypassrls, 'may go around row-level security'),
    (rolcreaterole or rolcreatedb or rolreplication, 'may make roles or databases, or copy everything'),
    (exists (select from pg_class where relowner = pg_roles.oid), 'owns tables, and could open them'),
    (exists (select from pg_proc where proowner = pg_roles.oid), 'owns functions, and could change them'),
    (exists (select from pg_database where datdba = pg_roles.oid and datname = current_database()), 'owns the database'),
    (exists (select from pg_namespace where nspowner = pg_roles.oid), 'owns a schema'),
    (exists (select from pg_auth_members where member = pg_roles.oid), 'is a member of another role'),
    (has_schema_privilege(pg_roles.oid, 'public', 'CREATE'), 'may make tables')
  ) as wrong (is_so, complaint)
where rolname = current_user and is_so
union all
select relname::text, 'is open to this role' from pg_class
where relnamespace = 'public'::regnamespace and relforcerowsecurity and not row_security_active(oid)
order by 1, 2
