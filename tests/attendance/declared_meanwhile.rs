//! The calendar or a policy changes at the very moment at which somebody submits or marks: whoever is second counts by the
//! first.

use diesel::PgConnection;
use futures::future::{Either, select};
use school::Uuid;

use crate::support::{Administrator, Answer, Office, Person, School, Teacher, command::miscounted, database};

/// Holds a child, so that whoever writes a first mark of them waits in the middle.
fn holds(school: &School, student: Uuid) -> PgConnection {
    let mut other = database::within(school.organization);
    database::run(&mut other, &format!("begin; select id from students where id = '{student}' for update"));
    other
}

/// Lets somebody get stuck halfway in what they do, somebody else declare something then, and lets both go on.
async fn at_once(
    other: &mut PgConnection,
    stuck: impl Future<Output = Answer>,
    declares: impl Future<Output = Answer>,
) -> (Answer, Answer) {
    futures::join!(stuck, async {
        let pid = database::waits_for(other).await;
        match select(Box::pin(declares), Box::pin(database::waits_for_process(&pid))).await {
            Either::Left((declared, _)) => {
                database::run(other, "rollback");
                declared
            }
            Either::Right((_, declares)) => {
                database::run(other, "rollback");
                declares.await
            }
        }
    })
}

async fn closes(office: &Person, school: &School, extent: &str, at: &str) -> Answer {
    let campus = school.campus.to_string();
    let form = [
        ("day", "2026-11-23"),
        ("campus[]", &*campus),
        ("extent", extent),
        ("closes_at", at),
        ("reason", "Snow"),
    ];
    office.post("/closures", form).await
}

fn possible(school: &School) -> String {
    school.line("select coalesce(sum(possible), 0)::float::text as line from attendance_days")
}

#[actix_web::test]
async fn a_register_that_is_just_going_in_is_taken_back_by_a_closure_with_all_others() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    let mut other = holds(&school, amal);

    let marks = [(amal, "absent", 0)];
    let submission = teacher.submits(&school, &marks);
    let (submitted, closed) = at_once(&mut other, submission, closes(&office, &school, "day", "")).await;

    submitted.has_status(303);
    closed.has_status(303);
    let standing = "select count(*) as n from attendance_sessions where organization_id = $1 and submitted_at is not null";
    assert_eq!(school.number(standing), 0, "nothing stays submitted on a day without school");
    assert_eq!(possible(&school), "0");
    assert_eq!(miscounted(&school), "");
}

#[actix_web::test]
async fn a_mark_that_is_just_being_kept_counts_half_when_school_closes_at_noon() {
    let school = School::open().await;
    let (amal, chidi) = (school.enroll("Amal", "Abdullahi"), school.enroll("Chidi", "Okonkwo"));
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    teacher.submits(&school, &[(chidi, "present", 0)]).await.has_status(303);
    let mut other = holds(&school, amal);

    let mark = teacher.marks(&school, amal, "absent", 0);
    let (marked, closed) = at_once(&mut other, mark, closes(&office, &school, "hours", "12:00")).await;

    marked.is_ok();
    closed.has_status(303);
    assert_eq!(possible(&school), "1", "two children, half a day each");
    assert_eq!(miscounted(&school), "");
}

#[actix_web::test]
async fn a_mark_that_is_just_being_kept_counts_by_the_policy_that_is_set_meanwhile() {
    let school = School::open_at("2026-11-23T16:38:00Z".parse().unwrap()).await;
    let (amal, chidi) = (school.enroll("Amal", "Abdullahi"), school.enroll("Chidi", "Okonkwo"));
    let (administrator, office) = (school.sign_in(Administrator).await, school.sign_in(Office).await);
    office.submits(&school, &[(chidi, "present", 0)]).await.has_status(303);
    let mut other = holds(&school, amal);
    let late = [("code", "late"), ("arrived", "11:15"), ("version", "0")];
    let path = school.mark(amal);
    let mark = office.send(reqwest::Method::PUT, &path, &late);
    let campus = school.campus.to_string();
    let policy = [
        ("campus_id", &*campus),
        ("applies_from", "2026-11-23"),
        ("basis", "daily"),
        ("due_time", "09:00"),
        ("late_after", "08:30"),
        ("half_day_minutes", "150"),
        ("full_day_minutes", "300"),
        ("teacher_edit_days", "2"),
    ];

    let (marked, set) = at_once(&mut other, mark, administrator.post("/attendance-policies", policy)).await;

    marked.is_ok();
    set.has_status(303);
    let attended = "select attended::float::text as line from attendance_days order by attended limit 1";
    assert_eq!(school.line(attended), "0.5", "255 minutes are half a day by now");
    assert_eq!(miscounted(&school), "");
}
