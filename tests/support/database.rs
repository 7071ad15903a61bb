//! One migrated database for the whole run: the server in the environment, else a private one.

use std::sync::OnceLock;

use belfry::config::Serving;
use diesel::{
    Connection, PgConnection, QueryableByName, RunQueryDsl,
    connection::SimpleConnection,
    sql_types::{BigInt, Nullable, Text},
};
use school::{
    Uuid,
    clock::Clock,
    db::{Addresses, Database},
    lobby::Lobby,
    migrations,
};

/// Where the database is, for each of the three roles.
#[derive(Clone)]
pub(crate) struct Place {
    pub(crate) addresses: Addresses,
    pub(crate) owner: String,
}

/// The database of this run, migrated once.
#[expect(clippy::disallowed_methods, reason = "tests are told by the environment which server to use")]
pub(crate) fn place() -> &'static Place {
    static PLACE: OnceLock<Place> = OnceLock::new();
    PLACE.get_or_init(|| {
        let told = |name| {
            std::env::var(name).unwrap_or_else(|_| panic!("run the tests with bin/scratch, or set {name}"))
        };
        let addresses = Addresses { app: told("DATABASE_URL"), lobby: told("BELFRY_LOBBY_URL") };
        let owner = told("BELFRY_OWNER_URL");
        migrations::bring_up_to_date(&owner).unwrap();
        Lobby::of(&Database::new(&addresses, 1, Clock::default()), Serving::usual())
            .publish_permissions()
            .unwrap();
        run(&mut PgConnection::establish(&owner).unwrap(), &broken());
        Place { addresses, owner }
    })
}

/// The browser with which nobody can sign in, since the database breaks at it.
pub(crate) const UNLUCKY: &str = "unlucky";

/// While a test holds this lock of a school, nothing is written into its record of who looked and who changed what.
pub(crate) const RECORD: i32 = 98;

/// While a test holds this lock of a school, the step of its changes fails that `failing_for_test` names.
pub(crate) const FAILING: i32 = 85;

/// Made before anybody signs in: a trigger that a test makes waits for everybody else's transactions, and all wait behind it.
fn broken() -> String {
    format!(
        "create or replace function break_for_test() returns trigger language plpgsql as $$
         begin if new.user_agent = '{UNLUCKY}' then raise exception 'secret detail of sessions'; end if; return new; end $$;
         create or replace trigger break_for_test before insert on sessions for each row execute function break_for_test();
         create or replace function wait_for_test() returns trigger language plpgsql as $$
         begin perform pg_advisory_xact_lock_shared({RECORD}, hashtext(new.organization_id::text)); return new; end $$;
         create sequence if not exists steps_for_test;
         create sequence if not exists failing_for_test;
         grant usage, select on steps_for_test, failing_for_test to public;
         create or replace function fail_for_test() returns trigger language plpgsql as $$
         begin
           if not pg_try_advisory_xact_lock_shared({FAILING}, hashtext(new.organization_id::text)) then
             if nextval('steps_for_test') = (select last_value from failing_for_test) then raise exception 'a test lets this step fail'; end if;
           end if;
           return new;
         end $$;
         create or replace trigger fail_for_test before insert on change_events for each row execute function fail_for_test();
         create or replace trigger wait_for_test before insert on access_events for each row execute function wait_for_test();
         create or replace trigger wait_for_test before insert on change_events for each row execute function wait_for_test();
         {}",
        failing_at_the_door()
    )
}

/// The same steps for rows of who may come in, which know their organization by themselves or by their user.
fn failing_at_the_door() -> String {
    let function = format!(
        "create or replace function fail_at_the_door_for_test() returns trigger language plpgsql as $$
         declare
           one constant jsonb := case tg_op when 'DELETE' then to_jsonb(old) else to_jsonb(new) end;
           place constant text := case tg_table_name when 'organizations' then one ->> 'id' else coalesce(one ->> 'organization_id',
             (select organization_id::text from users where id = (one ->> 'user_id')::uuid)) end;
         begin
           if not pg_try_advisory_xact_lock_shared({FAILING}, hashtext(place)) then
             if nextval('steps_for_test') = (select last_value from failing_for_test) then raise exception 'a test lets this step fail'; end if;
           end if;
           return case tg_op when 'DELETE' then old else new end;
         end $$;"
    );
    let triggers = AT_THE_DOOR.map(|table| {
        format!(
            "create or replace trigger fail_for_test before insert or update or delete on {table}
             for each row execute function fail_at_the_door_for_test();"
        )
    });
    format!("{function} {}", triggers.concat())
}

/// The tables of who may come in whose rows are written one by one.
const AT_THE_DOOR: [&str; 14] = [
    "auth_refresh_tokens",
    "email_verification_tokens",
    "known_devices",
    "organization_visits",
    "organizations",
    "outgoing_mail",
    "password_histories",
    "password_reset_tokens",
    "pending_sign_ins",
    "recovery_codes",
    "second_factors",
    "sessions",
    "user_identities",
    "users",
];

/// A count.
#[derive(QueryableByName)]
pub(crate) struct Count {
    #[diesel(sql_type = BigInt)]
    pub(crate) n: i64,
}

/// A connection as the owner, for a test that must see or break what people cannot.
pub(crate) fn owner() -> PgConnection {
    PgConnection::establish(&place().owner).unwrap()
}

/// A connection as the owner that sees one organization's rows, as row-level security lets it.
pub(crate) fn within(organization: Uuid) -> PgConnection {
    let mut conn = owner();
    run(&mut conn, &format!("set app.organization_id = '{organization}'"));
    conn
}

/// A connection as the lobby, which sees every user and session.
pub(crate) fn lobby() -> PgConnection {
    PgConnection::establish(&place().addresses.lobby).unwrap()
}

/// A connection as the app.
pub(crate) fn app() -> PgConnection {
    PgConnection::establish(&place().addresses.app).unwrap()
}

/// Runs statements whose text is the test's own.
#[track_caller]
pub(crate) fn run(conn: &mut PgConnection, statements: &str) {
    conn.batch_execute(statements).unwrap_or_else(|error| panic!("{error}\n{statements}"));
}

/// Why the database refuses statements.
#[track_caller]
pub(crate) fn refused(conn: &mut PgConnection, statements: &str) -> String {
    conn.batch_execute(statements).unwrap_err().to_string()
}

/// As [`run`], for statements that lock what every test uses: it steps back at once where it would have to wait, since
/// all the others would wait behind it.
#[track_caller]
pub(crate) fn run_between_others(conn: &mut PgConnection, statements: &str) {
    if let Err(error) = tried_between_others(conn, statements) {
        panic!("{error}\n{statements}");
    }
}

/// The same, and answers what the database says against it.
#[track_caller]
pub(crate) fn tried_between_others(conn: &mut PgConnection, statements: &str) -> Result<(), String> {
    run(conn, "set lock_timeout = '150ms'");
    for _ in 0..400 {
        match conn.batch_execute(statements).map_err(|error| error.to_string()) {
            Err(said) if said.contains("lock timeout") => run(conn, "rollback"),
            said => return said,
        }
    }
    panic!("the locks never came free for: {statements}");
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Nullable<Text>)]
    line: Option<String>,
}

/// What a query answers, each row as one text; the query names its column `line`.
#[track_caller]
#[expect(clippy::disallowed_methods, reason = "tests look where the domain has no query")]
pub(crate) fn lines(conn: &mut PgConnection, query: &str) -> Vec<String> {
    let found: Vec<Line> =
        diesel::sql_query(query).load(conn).unwrap_or_else(|error| panic!("{error}\n{query}"));
    found.into_iter().map(|row| row.line.unwrap_or_default()).collect()
}

/// Waits until somebody waits for this connection, and answers their process.
pub(crate) async fn waits_for(holder: &mut PgConnection) -> String {
    let me = lines(holder, "select pg_backend_pid()::text as line").concat();
    waits_for_process(&me).await
}

/// Waits until somebody waits for a process, and answers theirs.
pub(crate) async fn waits_for_process(me: &str) -> String {
    let query =
        format!("select pid::text as line from pg_stat_activity where {me} = any (pg_blocking_pids(pid))");
    let mut looking = app();
    let begun = std::time::Instant::now();
    while begun.elapsed().as_secs() < 30 {
        if let Some(pid) = lines(&mut looking, &query).pop() {
            return pid;
        }
        tokio::task::yield_now().await;
    }
    panic!("nobody waits");
}
