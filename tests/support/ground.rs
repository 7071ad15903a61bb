//! What lies in the tables of one organization: as a fingerprint, and painted over with a sign that tells it from others.

use std::collections::BTreeMap;

use diesel::PgConnection;
use school::Uuid;

use super::{
    database::{lines, lobby, run, within},
    school::School,
};

/// The tables that hold one organization's rows.
pub(crate) fn tenant_tables(conn: &mut PgConnection) -> Vec<String> {
    lines(
        conn,
        "select c.relname::text as line from pg_class c
         where c.relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relrowsecurity and relforcerowsecurity
         order by 1",
    )
}

/// A fingerprint of every row of an organization, by table; what a look may change (when somebody was last seen) is
/// left out.
pub(crate) fn fingerprint(organization: Uuid) -> BTreeMap<String, String> {
    let mut conn = within(organization);
    let mut prints = BTreeMap::new();
    for table in tenant_tables(&mut conn).iter().filter(|table| !table.starts_with("access_event")) {
        prints.insert(table.clone(), printed(&mut conn, &format!("select to_jsonb(t) as r from {table} t")));
    }
    let mut lobby = lobby();
    let of_place = format!("(select id from users where organization_id = '{organization}')");
    for table in access_tables(&mut lobby) {
        let (name, key) = table.split_once(' ').unwrap();
        let whose = match key {
            "user_id" => format!("user_id in {of_place}"),
            key => format!("{key} = '{organization}'"),
        };
        let rows = format!(
            "select to_jsonb(t) - '{{last_seen_at,seen_at}}'::text[] as r from {name} t where {whose}"
        );
        prints.insert(name.into(), printed(&mut lobby, &rows));
    }
    prints
}

/// The tables of who may come in, and by which column a row belongs to an organization.
pub(crate) fn access_tables(conn: &mut PgConnection) -> Vec<String> {
    let tables = lines(
        conn,
        "select c.relname || ' ' || (array_agg(a.attname::text order by a.attname))[1] as line
         from pg_class c join pg_attribute a on a.attrelid = c.oid
           and (a.attname in ('organization_id', 'user_id') or c.relname = 'organizations' and a.attname = 'id')
         where c.relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relforcerowsecurity
         group by c.relname order by 1",
    );
    assert!(tables.contains(&"users organization_id".to_owned()), "{tables:?}");
    tables
}

/// Whether an id stands anywhere in an organization's rows but those that say what somebody asked for.
pub(crate) fn is_kept(id: &str, organization: Uuid) -> bool {
    let mut conn = within(organization);
    let tables: Vec<_> = tenant_tables(&mut conn)
        .iter()
        .filter(|table| !table.starts_with("access_event"))
        .map(|table| format!("select 1 from {table} t where to_jsonb(t)::text like '%{id}%'"))
        .collect();
    let query = format!("select count(*)::text as line from ({}) found", tables.join(" union all "));
    let held = format!(
        "select count(*)::text as line from users left join user_custom_permissions on user_id = id
         where users.organization_id = '{organization}'
           and '{id}' in (select unnest(array_cat(role_campus_ids, campus_ids))::text union select role_id::text)"
    );
    lines(&mut conn, &query) != ["0"] || lines(&mut lobby(), &held) != ["0"]
}

impl School {
    /// Marks the row with this id as deleted, whatever table it is in, or takes the mark away.
    pub(crate) fn deletes(&self, id: &str, gone: bool) {
        let mut conn = within(self.organization);
        let mark = if gone { "now()" } else { "null" };
        let tables = tenant_tables(&mut conn);
        for table in tables.iter().filter(|table| !table.contains("_event") && *table != "record_seals") {
            run(&mut conn, &format!("update {table} set deleted_at = {mark} where id = '{id}'"));
        }
        run(&mut lobby(), &format!("update organizations set deleted_at = {mark} where id = '{id}'"));
        for table in ["users", "roles"] {
            let mark = format!(
                "update {table} set deleted_at = {mark} where id = '{id}' and organization_id = '{}'",
                self.organization
            );
            run(&mut lobby(), &mark);
        }
    }
}

fn printed(conn: &mut PgConnection, rows: &str) -> String {
    let query = format!(
        "select count(*) || ' rows ' || coalesce(md5(string_agg(r::text, e'\\n' order by r::text)), '') as line from ({rows}) x"
    );
    lines(conn, &query).remove(0)
}

/// Writes `sign` into every text column of an organization that can hold it, and answers how many columns took it.
/// Each value ends in a piece of the row's id, so that unique columns stay unique.
pub(crate) fn paint(organization: Uuid, sign: &str) -> usize {
    let mut conn = within(organization);
    let columns = lines(
        &mut conn,
        "select format('%s %s %s', table_name, column_name, coalesce(character_maximum_length, 8000)) as line
         from information_schema.columns join pg_class c on c.relname = table_name and c.relnamespace = 'public'::regnamespace
         where table_schema = 'public' and data_type in ('text', 'character varying') and relforcerowsecurity
           and table_name <> 'change_events' and table_name not like 'access_event%'",
    );
    let painted = columns.iter().filter(|column| paint_column(&mut conn, column, sign)).count();
    run(
        &mut lobby(),
        &format!(
            "update users set first_name = {0}, last_name = {0} where organization_id = '{organization}';
             update roles set name = left({0} || right(replace(id::text, '-', ''), 12), 60), description = {0}
               where organization_id = '{organization}';
             update organization_visits set visitor = {0}, reason = {0} || id where organization_id = '{organization}';
             update organizations set name = {0} where id = '{organization}'",
            quoted(sign)
        ),
    );
    painted
}

/// One column; false where its checks refuse the sign.
fn paint_column(conn: &mut PgConnection, column: &str, sign: &str) -> bool {
    let [table, column, longest] = column.split(' ').collect::<Vec<_>>()[..] else {
        panic!("{column}");
    };
    let longest: usize = longest.parse().unwrap();
    if longest <= sign.chars().count() {
        return false;
    }
    let value = format!("left({} || right(replace(id::text, '-', ''), 12), {longest})", quoted(sign));
    let update = format!("update {table} set {column} = {value} where {column} is not null");
    let attempt = format!(
        "do $do$ begin {update}; perform set_config('test.took', 'yes', false);
         exception when others then perform set_config('test.took', 'no', false); end $do$"
    );
    run(conn, &attempt);
    lines(conn, "select current_setting('test.took') as line") == ["yes"]
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
