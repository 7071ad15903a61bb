//! The catalogue's own test: the walls stand, and each one that is taken down is missed.

use std::process::Command;

use diesel::PgConnection;
use school::{
    catalog::{self, Complaint},
    db::Addresses,
};

use crate::support::database::{self, place};

#[test]
fn the_walls_stand_t10() {
    let complaints = catalog::check(&place().addresses).unwrap();

    assert_eq!(complaints, []);
}

/// What the catalogue says after a change that is then undone.
fn after(change: &str) -> Vec<String> {
    let mut owner = database::owner();
    database::run_between_others(&mut owner, &format!("begin; {ROOMS}; {change}"));
    let complaints = catalog::shape(&mut owner).unwrap();
    database::run(&mut owner, "rollback");
    complaints.iter().map(Complaint::to_string).collect()
}

/// A table as the recipe makes one.
const ROOMS: &str = "
    create table rooms (
      organization_id uuid not null, id uuid not null, primary key (organization_id, id),
      name varchar(60) not null, code varchar(20)
    );
    comment on column rooms.code is '@sensitive Opens the door';
    call make_tenant_table('rooms');
    create unique index rooms_name on rooms (organization_id, name);
    create table desks (
      organization_id uuid not null, id uuid not null, primary key (organization_id, id), room_id uuid not null,
      foreign key (organization_id, room_id) references rooms (organization_id, id)
    );
    call make_tenant_table('desks')";

#[test]
fn a_table_made_by_the_recipe_is_sound() {
    assert_eq!(after("select 1"), [""; 0]);
}

/// Each wall taken down, and how the complaint begins.
const TAKEN_DOWN: &[(&str, &str)] = &[
    ("alter table rooms disable row level security", "rooms is open: row-level security is not enabled"),
    ("alter table rooms no force row level security", "rooms is open to its owner"),
    ("drop policy organization on rooms", "rooms does not have the one policy"),
    ("create policy everybody on rooms using (true)", "rooms does not have the one policy"),
    ("alter policy organization on rooms to belfry_app", "rooms does not have the one policy"),
    ("alter policy organization on rooms using (true)", "rooms does not have the one policy"),
    (
        "alter table rooms alter organization_id set default gen_random_uuid()",
        "rooms lets organization_id be empty, or fills",
    ),
    ("create unique index on rooms (name)", "rooms has the unique key rooms_name_idx"),
    (
        "alter table rooms drop constraint rooms_organization_id_fkey",
        "rooms does not say that its organization exists",
    ),
    (
        "alter table rooms add unique (id); alter table desks add foreign key (room_id) references rooms (id)",
        "desks has the foreign key desks_room_id_fkey that does not",
    ),
    (
        "alter table desks add foreign key (organization_id, room_id) references rooms (organization_id, id) on delete cascade",
        "desks has the foreign key desks_organization_id_room_id_fkey1 that deletes",
    ),
    (
        "alter table desks add host uuid references users (id)",
        "desks has the foreign key desks_host_fkey that does not",
    ),
    ("drop trigger history_of_updates on rooms", "rooms has no history of its updates"),
    ("alter table rooms disable trigger history_of_inserts", "rooms has no history of its inserts"),
    ("comment on column rooms.name is '@secret'", "rooms keeps its history by columns or comments"),
    ("comment on column rooms.code is 'plain'", "rooms keeps its history by columns or comments"),
    ("alter table rooms add colour integer", "rooms keeps its history by columns or comments"),
    ("create table loose (id uuid primary key)", "loose stands on no list and has no organization_id"),
    (
        "create table loose (organization_id uuid, id uuid primary key)",
        "loose has no primary key of organization_id and id",
    ),
    (
        "create view names with (security_invoker = false) as select name from rooms",
        "names is a view that sees with its owner's eyes",
    ),
    ("create view names as select name from rooms", "names is a view that sees with its owner's eyes"),
    ("create materialized view kept as select name from rooms", "kept keeps rows outside row-level security"),
    ("grant truncate on rooms to belfry_app", "rooms lets belfry_app truncate"),
    ("grant select on rooms to belfry_lobby", "rooms lets belfry_lobby reach a school's rows"),
    (
        "grant update on change_events to belfry_app",
        "change_events lets belfry_app update what is only ever added",
    ),
    (
        "grant delete on change_events to belfry_app",
        "change_events lets belfry_app delete what is only ever added",
    ),
    ("grant usage on schema partitions to belfry_app", "partitions is a schema that the app may look into"),
    ("grant select on sessions to belfry_app", "sessions.token_hash is secret and belfry_app may read it"),
    ("grant insert on roles to belfry_app", "roles.global_access lets belfry_app insert who may come in"),
    (
        "grant update (password_hash) on users to belfry_app",
        "users.password_hash lets belfry_app update who may come in",
    ),
    ("grant update on sessions to belfry_app", "sessions.ended_at lets belfry_app update who may come in"),
    ("grant delete on users to belfry_app", "users lets belfry_app delete who may come in"),
    (
        "alter table roles disable row level security",
        "roles lets belfry_app write rows of another organization",
    ),
    (
        "alter policy organization on users using (true)",
        "users lets belfry_app write rows of another organization",
    ),
    (
        "create policy everybody on user_custom_permissions for insert with check (true)",
        "user_custom_permissions lets belfry_app write rows of another organization",
    ),
    ("drop trigger history on role_permissions", "role_permissions has no history of what belfry_app writes"),
    (
        "create function peek() returns bigint language sql security definer return (select count(*) from rooms)",
        "peek runs as its owner and is not on the list",
    ),
    ("grant execute on function person(uuid, uuid) to public", "person runs as its owner for everybody"),
    ("alter function person(uuid, uuid) reset search_path", "person runs as its owner for everybody"),
];

#[test]
fn every_wall_taken_down_is_missed_t10() {
    for (change, complaint) in TAKEN_DOWN {
        let complaints = after(change);
        assert!(
            complaints.iter().any(|said| said.starts_with(complaint)),
            "{change}\nshould say: {complaint}\nbut says: {complaints:#?}"
        );
    }
}

#[test]
fn a_real_table_left_open_is_missed_t10() {
    let complaints = after("alter table subjects disable row level security");

    assert_eq!(complaints, ["subjects is open: row-level security is not enabled"]);
}

#[test]
fn a_role_that_owns_the_tables_is_refused_t10() {
    let as_owner = Addresses { app: place().owner.clone(), lobby: place().addresses.app.clone() };

    let complaints: Vec<_> = catalog::check(&as_owner).unwrap().iter().map(Complaint::to_string).collect();

    for expected in [
        "belfry_owner is not belfry_app",
        "belfry_owner owns tables",
        "belfry_owner owns the database",
        "belfry_app is not belfry_lobby",
    ] {
        assert!(complaints.iter().any(|said| said.starts_with(expected)), "{expected}: {complaints:#?}");
    }
}

#[test]
fn belfry_does_not_start_as_the_owner_of_the_tables_t10() {
    let refused = Command::new(env!("CARGO_BIN_EXE_belfry"))
        .arg("serve")
        .env("DATABASE_URL", &place().owner)
        .env("BELFRY_LOBBY_URL", &place().addresses.lobby)
        .env("BELFRY_OWNER_URL", &place().owner)
        .env("BELFRY_LISTEN", "127.0.0.1:0")
        .output()
        .unwrap();

    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(!refused.status.success());
    for line in
        ["does not start on this database", "belfry_owner is not belfry_app", "belfry_owner owns tables"]
    {
        assert!(said.contains(line), "{said}");
    }
}

#[test]
fn the_doctor_says_whether_the_database_answers_and_the_walls_stand() {
    let doctor = |app: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_belfry"));
        command.arg("doctor").env("DATABASE_URL", app);
        command.env("BELFRY_LOBBY_URL", &place().addresses.lobby).env("BELFRY_OWNER_URL", &place().owner);
        let output = command.output().unwrap();
        (output.status.success(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
    };

    let (well, said) = doctor(&place().addresses.app);
    assert!(
        well && said.contains("this program's shape") && said.contains("walls between organizations stand")
    );
    let (well, said) = doctor(&place().owner);
    assert!(!well && said.contains("WRONG  A wall between organizations is down: belfry_owner"), "{said}");
    let (well, said) = doctor("postgresql:///belfry?host=/nowhere&user=belfry_app");
    assert!(!well && said.contains("look at the name and password in DATABASE_URL"), "{said}");
}

#[test]
fn the_app_cannot_open_a_wall_itself() {
    let attempts = [
        "alter table students disable row level security",
        "drop policy organization on students",
        "create policy mine on students using (true)",
        "truncate students",
        "delete from change_events",
        "update change_events set changes = '{}'",
        "create table mine (id uuid)",
        "select password_hash from users",
        "select * from sessions",
        "select * from known_devices",
        "update users set password_hash = null",
        "update users set last_seen_at = null",
        "update roles set global_access = true",
        "update roles set holdings = '{}'",
        "insert into permissions values ('READ_MINDS', 'minds', 'READ', 'Know.')",
        "delete from users",
        "select * from password_reset_tokens",
        "select * from outgoing_mail",
        "select person('00000000-0000-0000-0000-000000000000')",
        "set role belfry_owner",
        "select * from partitions.change_events_default",
    ];

    for attempt in attempts {
        assert!(refuses(&mut database::app(), attempt), "the app may: {attempt}");
    }
    for attempt in ["select * from students", "select * from change_events", "select * from class_staff"] {
        assert!(refuses(&mut database::lobby(), attempt), "the lobby may: {attempt}");
    }
}

fn refuses(conn: &mut PgConnection, statement: &str) -> bool {
    use diesel::connection::SimpleConnection;
    match conn.batch_execute(statement) {
        Ok(()) => false,
        Err(error) => {
            let said = error.to_string();
            assert!(
                said.contains("permission denied") || said.contains("must be owner"),
                "{statement}: {said}"
            );
            true
        }
    }
}
