-- Everything that is not as it must be: where, and what. $1 access tables, $2 tables that everybody shares,
-- $3 functions that may run as their owner, $4 tables whose rows are only ever added, $5 tables that follow from others,
-- $6 what the app may write of the access tables: table, verb, columns.
with tables as (
  select c.oid, c.relname::text as name, c.relrowsecurity, c.relforcerowsecurity,
         (select attnum from pg_attribute where attrelid = c.oid and attname = 'organization_id' and not attisdropped) as place,
         c.relname = any ($1) as is_access, c.relname = any ($2) as is_shared
  from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
),
tenants as (select * from tables where not is_access and not is_shared),
histories as (
  select tgrelid as oid, tgtype, prosrc, split_part(encode(tgargs, 'escape'), '\000', 1) as subject
  from pg_trigger join pg_proc on pg_proc.oid = tgfoid
  where proname like 'record\_change\_of\_%' and pronamespace = 'public'::regnamespace and tgenabled <> 'D'
),
written as (
  select name, attname, verb from tables join pg_attribute on attrelid = tables.oid and attnum > 0 and not attisdropped,
    unnest(array['INSERT', 'UPDATE']) as verb
  where is_access and has_column_privilege('belfry_app', attrelid, attnum, verb) and not exists (
    select from unnest($6) line where line like name || ' ' || verb || ' %' and attname = any (string_to_array(line, ' ')))
),
keys as (
  select tenants.name, tenants.place, tenants.oid, con.conname::text, con.confrelid, con.conkey, con.confkey, con.confdeltype,
         con.convalidated, other.is_access, other.place as other_place,
         (select array_agg(attname::text) from pg_attribute where attrelid = con.conrelid and attnum = any (con.conkey)) as columns
  from tenants join pg_constraint con on con.conrelid = tenants.oid and con.contype = 'f'
  join tables other on other.oid = con.confrelid
)
select name as place, 'stands on no list and has no organization_id' as complaint from tenants where place is null
union all
select name, 'lets organization_id be empty, or fills it in by itself' from tenants join pg_attribute on attrelid = oid and attnum = place
  where not attnotnull or atthasdef
union all
select name, 'has no primary key of organization_id and id' from tenants where place is not null and name <> all ($4) and not exists (
  select from pg_index where indrelid = tenants.oid and indisprimary and indnkeyatts = 2 and indkey[0] = place and indkey[1] = (
    select attnum from pg_attribute where attrelid = tenants.oid and attname = 'id'))
union all
select name, 'does not say that its organization exists' from tenants where place is not null and not exists (
  select from keys where keys.oid = tenants.oid and conkey = array[tenants.place] and confrelid = 'organizations'::regclass)
union all
select name, 'is open: row-level security is not enabled' from tenants where not relrowsecurity
union all
select name, 'is open to its owner: row-level security is not forced' from tenants where not relforcerowsecurity
union all
select name, 'does not have the one policy of the recipe' from tenants where array(
  select (polcmd, polpermissive, polroles, coalesce(pg_get_expr(polqual, polrelid), ''), coalesce(pg_get_expr(polwithcheck, polrelid), ''))::text
  from pg_policy where polrelid = tenants.oid)
  <> array[('*'::"char", true, array[0::oid], '(organization_id = (NULLIF(current_setting(''app.organization_id''::text, true), ''''::text))::uuid)', '')::text]
union all
select name, 'has the unique key ' || indexrelid::regclass || ' that does not begin with organization_id'
  from tenants join pg_index on indrelid = oid where indisunique and indkey[0] <> place
union all
select name, 'has the foreign key ' || conname || ' that does not carry organization_id'
  from keys where not (is_access and columns <@ array['organization_id', 'created_by_id', 'updated_by_id'])
    and (conkey[1] <> place or confkey[1] is distinct from other_place)
union all
select name, 'has the foreign key ' || conname || ' that deletes or changes rows by itself, or is not validated'
  from keys where confdeltype not in ('a', 'r') or not convalidated
union all
select name, 'has no history of its ' || word from tenants, (values ('inserts', 4), ('updates', 16)) as of_what (word, bit)
  where name <> all ($4 || $5) and not exists (select from histories where histories.oid = tenants.oid and tgtype & bit > 0)
union all
select distinct name, 'keeps its history by columns or comments that it no longer has: call keep_history again'
  from tenants join histories using (oid) where prosrc is distinct from history_source(oid, subject::name)
union all
select name, 'lets belfry_app ' || lower(privilege) from tables,
  unnest(array['TRUNCATE', 'REFERENCES', 'TRIGGER']) as privilege where has_table_privilege('belfry_app', oid, privilege)
union all
select name, 'lets belfry_app ' || lower(privilege) || ' what is only ever added' from tenants,
  unnest(array['UPDATE', 'DELETE']) as privilege where name = any ($4) and has_any_column_privilege('belfry_app', oid, 'UPDATE')
    and privilege = 'UPDATE' or name = any ($4) and privilege = 'DELETE' and has_table_privilege('belfry_app', oid, 'DELETE')
union all
select name || '.' || attname, 'lets belfry_app ' || lower(verb) || ' who may come in' from written
union all
select name, 'lets belfry_app delete who may come in' from tables
  where is_access and has_table_privilege('belfry_app', oid, 'DELETE') and name || ' DELETE' <> all ($6)
union all
select name, 'lets belfry_app write rows of another organization' from tables
  where is_access and exists (select from unnest($6) line where split_part(line, ' ', 1) = name) and (not relrowsecurity or exists (
    select from pg_policy where polrelid = tables.oid and (0 = any (polroles) or 'belfry_app'::regrole = any (polroles)) and polcmd <> 'r'
      and coalesce(pg_get_expr(polwithcheck, polrelid), pg_get_expr(polqual, polrelid))
        <> '(organization_id = (NULLIF(current_setting(''app.organization_id''::text, true), ''''::text))::uuid)'))
union all
select name, 'has no history of what belfry_app writes' from tables
  where is_access and name <> all ($5) and exists (select from unnest($6) line where split_part(line, ' ', 1) = name)
    and not exists (select from pg_trigger join pg_proc on pg_proc.oid = tgfoid
      where tgrelid = tables.oid and proname = 'record_change_of_access' and tgenabled <> 'D')
union all
select name, 'lets belfry_lobby reach a school''s rows' from tenants,
  unnest(array['SELECT', 'INSERT', 'UPDATE']) as privilege where has_any_column_privilege('belfry_lobby', oid, privilege)
union all
select attrelid::regclass || '.' || attname, 'is secret and belfry_app may read it'
  from pg_attribute join tables on oid = attrelid
  where attnum > 0 and not attisdropped and col_description(attrelid, attnum) ~ '@secret'
    and has_column_privilege('belfry_app', attrelid, attnum, 'SELECT')
union all
select relname::text, 'is a view that sees with its owner''s eyes' from pg_class where relnamespace = 'public'::regnamespace
  and relkind = 'v' and not coalesce(reloptions @> '{security_invoker=true}', false)
union all
select relname::text, 'keeps rows outside row-level security' from pg_class
  where relnamespace = 'public'::regnamespace and relkind in ('m', 'f')
union all
select nspname::text, 'is a schema that the app may look into' from pg_namespace
  where nspname not in ('public', 'information_schema') and nspname !~ '^pg_'
    and (has_schema_privilege('belfry_app', oid, 'USAGE') or has_schema_privilege('belfry_lobby', oid, 'USAGE'))
union all
select proname::text, 'runs as its owner and is not on the list' from pg_proc join pg_namespace on pg_namespace.oid = pronamespace
  where prosecdef and nspname !~ '^pg_|^information_schema$' and proname <> all ($3)
union all
select proname::text, 'runs as its owner for everybody, or on a search path that others can change' from pg_proc
  where prosecdef and pronamespace = 'public'::regnamespace and (coalesce(not proconfig @> '{"search_path=public, pg_temp"}', true)
    or exists (select from aclexplode(coalesce(proacl, acldefault('f', proowner))) where grantee = 0))
order by 1, 2
