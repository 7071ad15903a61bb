//! A student is taken out for good by two persons; everything of them is gone, and nothing of anybody else.

use school::Uuid;

use crate::support::{
    Administrator, Office, School, Teacher,
    database::{app, lines, owner, run, within},
    person::Person,
};

pub(super) const CANARY: &str = "Zarathustrova";
/// What whoever approves has to say beside it.
pub(super) const GIVEN: [(&str, &str); 1] = [("file_given", "yes")];

/// A student who left long ago, with a row in every table that names one.
pub(super) async fn left(school: &School) -> String {
    let student = school.long_gone("Ludmila", CANARY);
    let (sibling, mother) = (school.enroll("Ondrej", "Novak").to_string(), school.contact_of(&student));
    let shared = school.contact_of(&student);
    run(
        &mut within(school.organization),
        &format!(
            "update contacts set full_name = 'Marta {CANARY}', address = '{CANARY} 12' where id = '{mother}';
             update contacts set full_name = 'Shared Novak' where id = '{shared}';
             insert into guardians (organization_id, id, student_id, contact_id, relationship)
               select organization_id, gen_random_uuid(), '{sibling}', id, 'other' from contacts where id = '{shared}';
             update students set alert = '{CANARY} is allergic' where id = '{student}'"
        ),
    );
    let teacher = school.sign_in(Teacher).await;
    let other: Uuid = sibling.parse().unwrap();
    teacher.submits(school, &[(other, "late", 0)]).await.redirects_to(&school.register());
    let remark = format!(
        "insert into attendance_records select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'student_id', '{student}', 'import_hash', null))).*
           from attendance_records r where student_id = '{sibling}' and not exists (select from attendance_records where student_id = '{student}');
         update attendance_records set remarks = case student_id when '{student}' then '{CANARY} rang' else 'Novak rang' end"
    );
    run(&mut within(school.organization), &remark);
    run(
        &mut within(school.organization),
        &format!(
            "insert into restrictions (organization_id, id, student_id, person_name, bars_contact, starts_on)
               select organization_id, gen_random_uuid(), id, 'Pavel {CANARY}', true, date '2014-01-01' from students where id = '{student}';
             insert into external_ids (organization_id, id, source_system, kind, external_id, entity, entity_id, digest, imported)
               select organization_id, gen_random_uuid(), 'sis', 'user', '{CANARY}-77', 'students', id, decode(repeat('00', 32), 'hex'), jsonb_build_object('name', '{CANARY}') from students where id = '{student}'"
        ),
    );
    super::held::told_of(school, &student, &mother, CANARY);
    student
}

/// How often the name stands anywhere in the database, and where.
fn found(school: &School) -> Vec<String> {
    let tables =
        "select format('%I', relname) as line from pg_class join pg_namespace n on n.oid = relnamespace
                  where nspname = 'public' and relkind in ('r', 'p') order by 1";
    let mut all = Vec::new();
    for table in lines(&mut owner(), tables) {
        let count =
            format!("select count(*)::text as line from {table} t where to_jsonb(t)::text like '%{CANARY}%'");
        let n = lines(&mut within(school.organization), &count).concat();
        if n != "0" {
            all.push(format!("{table} {n}"));
        }
    }
    all
}

pub(super) async fn ask(person: &Person, student: &str) -> String {
    let form = [("kind[]", "particulars"), ("ground", "retention"), ("reason", "Left ten years ago")];
    let answer = person.post(&format!("/students/{student}/erasures"), form).await;
    answer.leads()
}

#[actix_web::test]
async fn one_asks_another_approves_and_the_student_is_gone_but_for_the_stone() {
    let school = School::open().await;
    let student = left(&school).await;
    let (one, another) = (school.sign_in(Administrator).await, school.sign_in(Administrator).await);
    another.get("/retention").await.shows(CANARY).shows("29 Jul 2016");
    let given = [("recipient_name", "Pavel Zarathustrova"), ("ground", "transfer"), ("purpose", "Moves")];
    another.post(&format!("/students/{student}/files"), given).await.is_ok();
    assert!(found(&school).len() > 12, "{:?}", found(&school));
    let gone =
        format!("select (select count(*) from guardians where student_id = '{student}')::text as line");
    assert_eq!(lines(&mut within(school.organization), &gone), ["2"]);

    let stone = ask(&one, &student).await;
    one.get(&stone).await.shows("You asked for this");
    one.post(&format!("{stone}/approval"), GIVEN).await.has_status(409);
    school.works();
    assert!(!found(&school).is_empty());
    let before = others_but_of(&school, &student);
    another.get(&stone).await.shows("Approve the erasure").shows("Left ten years ago");
    school.changed_it_today();
    another.get("/change-log").await.shows(CANARY);
    super::seals::sealed(&school).unwrap();
    another.post(&format!("{stone}/approval"), []).await.field_error("file_given", "Say that");
    another.get(&stone).await.shows("Waits for a second person");
    another.post(&format!("{stone}/approval"), GIVEN).await.redirects_to(&stone);
    school.works();

    assert_eq!(found(&school), Vec::<String>::new());
    assert_eq!(
        super::seals::broken(&school),
        Vec::<String>::new(),
        "what was lawfully erased is sealed anew"
    );
    let anew = "select count(*)::text as line from record_seals where erasure_id is not null";
    assert_eq!(lines(&mut within(school.organization), anew), ["1"]);
    assert_eq!(others_but_of(&school, &student), before);
    another.get(&format!("/students/{student}")).await.is_missing();
    another
        .get(&stone)
        .await
        .shows("A student who was erased")
        .shows("Carried out")
        .shows("3 Sep 2012")
        .shows("Guardians: 2")
        .shows("Contacts: 1")
        .shows("Letters: 1")
        .shows("Headcount ticks: 1")
        .shows("Import rows: 5")
        .hides("Left ten years ago");
    another.get("/erasures").await.shows("A student who was erased");
    another.get("/change-log").await.is_ok().hides(CANARY);
    let skeleton = format!(
        "select count(*)::text as line from change_events where subject_id = '{student}' and changes = '[]'"
    );
    assert_ne!(lines(&mut within(school.organization), &skeleton), ["0"], "that something was changed stays");
    let marks = "select count(distinct changes)::text as line from change_events where entity = 'attendance_records' and changes::text like '%Novak rang%'";
    assert_eq!(
        lines(&mut within(school.organization), marks),
        ["1"],
        "the other child's line of the same event stays"
    );
    let looks =
        format!("select count(*)::text as line from access_event_subjects where student_id = '{student}'");
    assert_ne!(lines(&mut within(school.organization), &looks), ["0"]);
    another.post(&format!("{stone}/approval"), GIVEN).await.has_status(409);
}

/// Every row of every table that tells nothing of a student, whatever it says. What merely working writes is left out: the
/// record of who looked and changed, sessions, and the work itself.
fn others_but_of(school: &School, student: &str) -> Vec<String> {
    let working = [
        "access_events",
        "access_event_subjects",
        "change_events",
        "record_seals",
        "sessions",
        "jobs",
        "erasures",
    ];
    let tables = "select table_name::text as line from information_schema.columns
                  where table_schema = 'public' and column_name = 'organization_id' order by 1";
    let mut all = Vec::new();
    for table in lines(&mut owner(), tables).iter().filter(|table| !working.contains(&table.as_str())) {
        let hashed = format!(
            "select '{table} ' || count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as line
             from {table} t where to_jsonb(t)::text not like '%{CANARY}%' and to_jsonb(t)::text not like '%{student}%'
               and organization_id = '{}'",
            school.organization
        );
        all.extend(lines(&mut within(school.organization), &hashed));
    }
    assert!(all.len() > 40, "{all:?}");
    all
}

#[actix_web::test]
async fn whoever_is_here_or_left_lately_is_erased_by_nobody() {
    let school = School::open().await;
    let here = school.enroll("Amal", "Abdullahi");
    let lately = school.long_gone("Kwame", "Acheampong");
    run(
        &mut within(school.organization),
        &format!("update school_enrollments set leaves_on = date '2020-07-29' where student_id = '{lately}'"),
    );
    let one = school.sign_in(Administrator).await;
    let form = [("kind[]", "particulars"), ("ground", "family"), ("reason", "The family asks")];

    one.get(&format!("/students/{here}/erasures/new")).await.shows("has a place at the school");
    one.post(&format!("/students/{here}/erasures"), form).await.has_status(409);
    one.get(&format!("/students/{lately}/erasures/new")).await.shows("29 Jul 2027");
    one.post(&format!("/students/{lately}/erasures"), form).await.has_status(409);
    one.post(
        "/retention",
        [("particulars", "0"), ("attendance", "five"), ("follow_up", "3"), ("family", "1")],
    )
    .await
    .has_status(422)
    .shows("2 things need a look");
    one.post("/retention", [("particulars", "5"), ("attendance", "5"), ("follow_up", "3"), ("family", "1")])
        .await
        .redirects_to("/retention");
    one.get("/retention").await.shows("Acheampong").hides("Abdullahi");
    let stone = ask(&one, &lately).await;
    one.post(&format!("/students/{lately}/erasures"), form).await.has_status(409);

    // The periods grow while it waits, and then while its job does.
    let another = school.sign_in(Administrator).await;
    let long = [("particulars", "30"), ("attendance", "5"), ("follow_up", "3"), ("family", "1")];
    let short = [("particulars", "5"), ("attendance", "5"), ("follow_up", "3"), ("family", "1")];
    another.post("/retention", long).await.redirects_to("/retention");
    another.post(&format!("{stone}/approval"), GIVEN).await.has_status(409);
    another.post("/retention", short).await.redirects_to("/retention");
    another.post(&format!("{stone}/approval"), GIVEN).await.redirects_to(&stone);
    another.post("/retention", long).await.redirects_to("/retention");
    school.works();
    another.get(&stone).await.shows("Nothing was changed").shows("Acheampong");
    is_there(&school, &lately);
}

/// The student still is.
fn is_there(school: &School, student: &str) {
    let one = format!("select count(*) as n from students where organization_id = $1 and id = '{student}'");
    assert_eq!(school.number(&one), 1);
}

#[actix_web::test]
async fn what_is_declined_stays_declined_and_says_why() {
    let school = School::open().await;
    let student = school.long_gone("Kwame", "Acheampong");
    let (one, another) = (school.sign_in(Administrator).await, school.sign_in(Administrator).await);
    let stone = ask(&one, &student).await;

    another.post(&format!("{stone}/refusal"), []).await.has_status(422).shows("One thing needs a look");
    another
        .post(&format!("{stone}/refusal"), [("why_not", "A court still asks for it")])
        .await
        .redirects_to(&stone);

    one.get(&stone).await.shows("Declined").shows("A court still asks for it");
    another.post(&format!("{stone}/approval"), GIVEN).await.has_status(409);
    school.works();
    one.get(&format!("/students/{student}")).await.shows("Acheampong");
    school.sign_in(Office).await.get("/erasures").await.is_forbidden();
}

#[actix_web::test]
async fn the_database_itself_asks_for_two_persons_and_for_the_periods() {
    use diesel::connection::SimpleConnection as _;
    let (school, other) = (School::open().await, School::open().await);
    let student = school.long_gone("Kwame", "Acheampong");
    let one = school.sign_in(Administrator).await;
    let stone = ask(&one, &student).await;
    let id = stone.rsplit('/').next().unwrap();
    let tried = |statement: &str, place: Uuid| {
        let mut conn = app();
        let user = format!(
            "select set_config('app.user_id', (select asked_by_id::text from erasures where id = '{id}'), false)"
        );
        run(
            &mut conn,
            &format!(
                "set app.organization_id = '{}'; {user}; set app.organization_id = '{place}'",
                school.organization
            ),
        );
        conn.batch_execute(statement).unwrap_err().to_string()
    };
    let erase = |organization: Uuid| {
        format!("select erase_student('{organization}', '{id}', date '2026-11-23', now())")
    };

    assert!(tried(&erase(school.organization), school.organization).contains("no second person"));
    assert!(tried(&erase(school.organization), other.organization).contains("another organization"));
    assert!(tried(&erase(other.organization), other.organization).contains("no second person"));
    let approve_oneself = format!(
        "update erasures set state = 'approved', decided_by_id = asked_by_id, decided_at = now() where id = '{id}'"
    );
    assert!(tried(&approve_oneself, school.organization).contains("two_persons"));
    let another = school.employ(Administrator);
    let in_their_name = format!(
        "update erasures set state = 'approved', decided_by_id = (select id from users where email = '{another}'), decided_at = now() where id = '{id}'"
    );
    assert!(tried(&in_their_name, school.organization).contains("decided by whoever is at work"));
    for told in [
        "update change_events set changes = '[]'",
        "delete from change_events",
        "delete from access_events",
        "delete from students",
        "update disclosures set purpose = ''",
    ] {
        let told = format!("set app.erasing = 'yes'; {told}");
        assert!(tried(&told, school.organization).contains("permission denied"), "{told}");
    }
    run(
        &mut within(school.organization),
        &format!(
            "select set_config('app.user_id', (select id::text from users where email = '{another}'), false);
             update erasures set state = 'approved', decided_by_id = app_user(), decided_at = now() where id = '{id}'"
        ),
    );
    let early = erase(school.organization).replace("2026-11-23", "2017-11-23");
    assert!(tried(&early, school.organization).contains("a period is not over"));
    let otherwise = format!("update erasures set asked_by_id = decided_by_id where id = '{id}'");
    let said = tried(&otherwise, school.organization);
    assert!(said.contains("stays said") || said.contains("two_persons"), "{said}");
    for parts in [
        "call erase_values(null, '{}')",
        "call erase_contacts(null, '{}', '{}', '{}', '{}')",
        "call erase_person(null, null, '{}', '{}')",
        "call erase_notes(null, '{}', '{}', '{}')",
    ] {
        assert!(tried(parts, school.organization).contains("permission denied"), "{parts}");
    }
    is_there(&school, &student);
}

#[test]
fn every_table_that_names_a_student_is_taken_out_with_them_or_says_why_not() {
    let stays = ["access_event_subjects", "erasures"];
    let named = "select table_name::text as line from information_schema.columns
                 where table_schema = 'public' and column_name = 'student_id' order by 1";
    let source =
        lines(&mut owner(), "select prosrc as line from pg_proc where proname = 'erase_student'").concat();

    for table in lines(&mut owner(), named) {
        let is_taken = source.contains(&format!("'{table}'"));
        assert!(
            is_taken != stays.contains(&table.as_str()),
            "{table} names a student: write erase_student anew"
        );
    }
}
