//! Each kind of record has its own end.

use super::erasing::{CANARY, GIVEN, left};
use crate::support::{
    Administrator, School,
    database::{refused, within},
};

#[actix_web::test]
async fn each_kind_of_record_goes_when_its_own_period_is_over_and_the_rest_stays() {
    let school = School::open().await;
    let student = left(&school).await;
    let (one, another) = (school.sign_in(Administrator).await, school.sign_in(Administrator).await);
    let given = format!(
        "insert into disclosures (organization_id, id, student_id, contact_id, recipient_name, ground, purpose, given_at, with_changes, with_looks, sha256, shown)
         select organization_id, gen_random_uuid(), '{student}', id, full_name, 'transfer', 'Asked', now(), false, false, repeat('0', 64), 1
           from contacts where organization_id = $1 and full_name like $2"
    );
    school.run(&given, "Marta%");
    let page = format!("/students/{student}/erasures");
    // Ten years after the last day: contacts and follow-up may go, marks and the rest may not.
    let years = [("particulars", "30"), ("attendance", "20"), ("follow_up", "3"), ("family", "1")];
    one.post("/retention", years).await.redirects_to("/retention");
    one.get("/retention")
        .await
        .shows("Contacts and restrictions")
        .shows("Absence follow-up and letters")
        .hides("Everything");
    one.get(&format!("{page}/new"))
        .await
        .shows("value=\"attendance\" disabled")
        .shows("value=\"family\" checked");
    let of = |table: &str| {
        school.number(&format!(
            "select count(*) as n from {table} where organization_id = $1 and student_id = '{student}'"
        ))
    };
    let why = [("ground", "retention"), ("reason", "Its period is over")];

    one.post(&page, why).await.field_error("kind", "Choose what is to go");
    for early in ["attendance", "particulars"] {
        let fields = [("kind[]", "family"), ("kind[]", early), why[0], why[1]];
        one.post(&page, fields).await.has_status(409);
    }
    let fields = [("kind[]", "family"), ("kind[]", "follow_up"), why[0], why[1]];
    let stone = one.post(&page, fields).await.leads();
    another.get(&stone).await.shows("Contacts and restrictions").hides("Everything, and the student");
    let other =
        format!("update erasures set kinds = enum_range(null::record_kind) where student_id = '{student}'");
    let said = refused(&mut within(school.organization), &other);
    assert!(said.contains("stays said"), "{said}");
    another.post(&format!("{stone}/approval"), GIVEN).await.redirects_to(&stone);
    school.works();

    another.get(&stone).await.shows("Carried out").shows("Guardians: 2").shows("Letters: 1").shows(CANARY);
    for (table, rows) in
        [("guardians", 0), ("restrictions", 0), ("letters", 0), ("attendance_interventions", 0)]
    {
        assert_eq!(of(table), rows, "{table}");
    }
    for table in ["attendance_records", "planned_absences", "school_enrollments", "user_students"] {
        assert!(of(table) > 0, "{table}");
    }
    let values = "select count(*) as n from change_events where organization_id = $1 and entity in ('guardians', 'restrictions', 'letters') and changes::text like '%Zarathustrova%'";
    assert_eq!(school.number(values), 0);
    let sibling = "select count(*) as n from guardians where organization_id = $1";
    assert_eq!(school.number(sibling), 1, "the other child's contact stays");
    // A movement still names the mother, so she stays until the marks go.
    let contacts =
        "select count(*) as n from contacts where organization_id = $1 and full_name like 'Marta%'";
    assert_eq!(school.number(contacts), 1);
    assert_eq!(super::seals::broken(&school), Vec::<String>::new());
    one.get(&format!("/students/{student}")).await.is_ok().shows(CANARY);
    one.post(&page, fields).await.has_status(409);

    let years = [("particulars", "30"), ("attendance", "5"), ("follow_up", "3"), ("family", "1")];
    one.post("/retention", years).await.redirects_to("/retention");
    let stone = one.post(&page, [("kind[]", "attendance"), why[0], why[1]]).await.leads();
    another.post(&format!("{stone}/approval"), GIVEN).await.redirects_to(&stone);
    school.works();

    for table in [
        "attendance_records",
        "planned_absences",
        "attendance_movements",
        "attendance_days",
        "attendance_totals",
    ] {
        assert_eq!(of(table), 0, "{table}");
    }
    assert_eq!(school.number(contacts), 1, "she was given the file, and that is kept");
    one.get(&format!("/students/{student}")).await.is_ok().shows(CANARY);

    let years = [("particulars", "5"), ("attendance", "5"), ("follow_up", "3"), ("family", "1")];
    one.post("/retention", years).await.redirects_to("/retention");
    let stone = one.post(&page, [("kind[]", "particulars"), why[0], why[1]]).await.leads();
    another.post(&format!("{stone}/approval"), GIVEN).await.redirects_to(&stone);
    school.works();

    assert_eq!((of("disclosures"), school.number(contacts)), (0, 0));
    one.get(&format!("/students/{student}")).await.is_missing();
}
