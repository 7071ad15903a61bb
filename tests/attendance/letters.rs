//! Letters about absence: from a template, to whoever may get one, previewed, printed, recorded.

use reqwest::Method;
use school::Uuid;

use crate::support::{
    Answer, Director, Office, Person, School, Teacher,
    database::{lines, within},
    form::{Typed, fields},
    samples::absences::gets_mail,
};

const BODY: &str = "Dear {guardian},\n\n{student} has been absent on {days_absent} of {days_enrolled} days since {since}, {percentage}.";

/// Amal, who has missed four of twenty days, whose mother Hodan gets mail, and the office with a template.
async fn family() -> (School, Uuid, Person, String) {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    school.has_days(amal, "ppppppppppppppppaaaa");
    gets_mail(&school, amal, "Hodan Abdi", "en");
    let office = school.sign_in(Office).await;
    let template = school.letter_template("en", "Absence of {student}", BODY);
    (school, amal, office, template)
}

fn preview(student: Uuid, template: &str) -> String {
    format!("/letters/new?student[]={student}&template={template}")
}

/// Sends the preview's form as it stands.
async fn write(office: &Person, page: &Answer) -> Answer {
    let sent = fields(&page.body);
    let sent: Vec<_> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    office.send(Method::POST, "/letters", &sent).await
}

fn written(school: &School) -> i64 {
    school.number("select count(*) as n from letters where organization_id = $1")
}

#[actix_web::test]
async fn a_letter_is_previewed_written_printed_and_recorded() {
    let (school, amal, office, template) = family().await;
    let said = "Amal Abdullahi has been absent on 4 of 20 days since 1 September 2026, 20.0 %.";

    let page = office.get(&preview(amal, &template)).await;
    page.shows("Dear Hodan Abdi,").shows(said).shows("Absence of Amal Abdullahi").shows("Write 1 letter");
    assert_eq!(written(&school), 0);
    let sheet = write(&office, &page).await.leads();

    office.get(&sheet).await.shows(said).shows("Hodan Abdi").shows("23 November 2026");
    office
        .get(&format!("/students/{amal}"))
        .await
        .shows("Wrote, under way")
        .shows("Hodan Abdi")
        .shows("Absence of Amal Abdullahi");
    office.get("/absence-follow-ups").await.hides("Amal Abdullahi");
}

#[actix_web::test]
async fn everybody_gets_the_letter_in_their_language_where_there_is_one() {
    let (school, amal, office, _) = family().await;
    gets_mail(&school, amal, "Yusuf Abdi", "so-SO");
    let english = school.letter_template("en", "Absence", "Dear {guardian}");
    let somali = school.letter_template("so", "Maqnaanshaha", "{guardian}, {today}");
    let name = lines(
        &mut within(school.organization),
        &format!("select name as line from letter_templates where id = '{english}'"),
    )
    .concat();
    school.run("update letter_templates set name = $2 where organization_id = $1 and language = 'so'", &name);

    let page = office.get(&preview(amal, &english)).await;

    page.shows("Dear Hodan Abdi")
        .shows("lang=\"so\"")
        .shows("Yusuf Abdi, 2026-11-23")
        .shows("Write 2 letters")
        .hides("Dear Yusuf");
    assert_ne!(english, somali);
}

#[actix_web::test]
async fn whoever_gets_no_mail_or_is_barred_gets_no_letter() {
    let (school, amal, office, template) = family().await;
    school.contact_of(&amal.to_string());
    let karim = gets_mail(&school, amal, "Karim Abdi", "en");
    let bar = "insert into restrictions (organization_id, id, student_id, contact_id, bars_records, starts_on)
         select $1, gen_random_uuid(), student_id, contact_id, true, date '2026-09-01' from guardians where contact_id = $2::uuid";
    school.run(bar, &karim.to_string());

    let page = office.get(&preview(amal, &template)).await;

    page.shows("Dear Hodan Abdi")
        .shows("Karim Abdi gets no letter: no records.")
        .hides("Dear Karim")
        .hides("Dear Ines");
    write(&office, &page).await.has_status(303);
    assert_eq!(written(&school), 1);
}

#[actix_web::test]
async fn whoever_is_barred_by_name_gets_no_letter() {
    let (school, amal, office, template) = family().await;
    let bar = format!(
        "insert into restrictions (organization_id, id, student_id, person_name, bars_records, starts_on)
         values ($1, gen_random_uuid(), '{amal}', $2, true, '2026-09-01')"
    );
    school.run(&bar, "Mrs Hodan Abdi");

    office.get(&preview(amal, &template)).await.shows("Mrs Hodan Abdi gets no letter").hides("Dear Hodan");
}

#[actix_web::test]
async fn a_letter_to_somebody_who_was_barred_since_is_printed_no_more() {
    let (school, amal, office, template) = family().await;
    let sheet = write(&office, &office.get(&preview(amal, &template)).await).await.leads();
    office.get(&sheet).await.shows("Dear Hodan Abdi");
    let bar = "insert into restrictions (organization_id, id, student_id, contact_id, bars_contact, starts_on)
         select $1, gen_random_uuid(), student_id, contact_id, true, date '2026-09-01' from guardians where organization_id = $1 and $2 = ''";
    school.run(bar, "");

    office.get(&sheet).await.is_ok().shows("barred since").hides("Dear Hodan");
}

#[actix_web::test]
async fn where_nobody_gets_mail_there_is_no_letter_to_write() {
    let (school, amal, office, template) = family().await;
    school.run("update guardians set receives_mail = false where organization_id = $1 and $2 = ''", "");

    office.get(&preview(amal, &template)).await.shows("nobody gets mail").hides(">Write ");
    let student = amal.to_string();
    let sent =
        [("student[]", &*student), ("template", &*template), ("look_again_on", "2026-12-01"), ("seen", "")];
    office.post("/letters", sent).await.has_status(422).shows("Nobody of these gets a letter");
    assert_eq!(written(&school), 0);
}

#[actix_web::test]
async fn a_letter_waits_when_somebody_acted_meanwhile_t76() {
    let (school, amal, office, template) = family().await;
    let page = office.get(&preview(amal, &template)).await;
    let fields = [
        ("kind", "called"),
        ("happened_on", "2026-11-23"),
        ("outcome", "reached"),
        ("look_again_on", "2026-11-30"),
        ("with_name", "Aunt Safia"),
    ];
    school
        .sign_in(Office)
        .await
        .post(&format!("/students/{amal}/interventions"), fields)
        .await
        .has_status(303);

    let answer = write(&office, &page).await;

    answer.has_status(409).shows("Nothing was written yet").shows("Aunt Safia");
    assert_eq!(written(&school), 0);
    write(&office, &answer).await.has_status(303);
    assert_eq!(written(&school), 1);
}

#[actix_web::test]
async fn two_offices_that_write_at_once_write_once_t76() {
    let (school, amal, office, template) = family().await;
    let page = office.get(&preview(amal, &template)).await;

    let answers = futures::future::join_all((0..8).map(|_| write(&office, &page))).await;

    assert!(answers.iter().all(|answer| [303, 409].contains(&answer.status.as_u16())));
    assert_eq!((answers.iter().filter(|answer| answer.status == 303).count(), written(&school)), (1, 1));
}

#[actix_web::test]
async fn a_template_says_which_placeholder_is_none() {
    let school = School::open().await;
    let director = school.sign_in(Director).await;
    let add = |subject: &'static str, body: &'static str| {
        director.post(
            "/letter-templates",
            [("name", "First"), ("language", "en"), ("subject", subject), ("body", body)],
        )
    };

    add("About {pupil}", "Dear").await.field_error("subject", "{pupil}");
    add("About {student}", "Dear {guardian").await.field_error("body", "open to the end");
    add("About {student}", " \r\n ").await.field_error("body", "Fill this in");
    add("About {student}", "Dear {guardian},\r\n\r\nplease call.").await.redirects_to("/letter-templates");
    director.get("/letter-templates").await.shows("First").shows("About {student}");
}

#[actix_web::test]
async fn markup_in_a_template_or_a_name_stays_text_t43_t44() {
    let (school, amal, office, _) = family().await;
    school.run("update students set last_name = $2 where organization_id = $1", "<b hx-get=/>");
    let template = school.letter_template("en", "{student}", "<img src=x>{student}");

    let page = office.get(&preview(amal, &template)).await;
    page.shows("&#60;img src=x&#62;Amal &#60;b hx-get=/&#62;").hides("<img src=x").hides("<b hx-get");
    let sheet = write(&office, &page).await.leads();

    office.get(&sheet).await.shows("&#60;img src=x").hides("<img src=x").hides("<b hx-get");
}

#[actix_web::test]
async fn a_name_is_free_again_once_its_template_is_retired_t79() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;
    let add = || {
        office.post(
            "/letter-templates",
            [("name", "First"), ("language", "en"), ("subject", "Absence"), ("body", "Dear {guardian}")],
        )
    };
    add().await.redirects_to("/letter-templates");
    let first =
        lines(&mut within(school.organization), "select id::text as line from letter_templates").concat();
    add().await.field_error("name", "Another template in use");

    office.post(&format!("/letter-templates/{first}/retirement"), []).await.redirects_to("/letter-templates");
    add().await.redirects_to("/letter-templates");

    office.get("/letter-templates").await.shows("Retired");
    office
        .post(&format!("/letter-templates/{first}/return"), [])
        .await
        .has_status(409)
        .shows("Another template in use");
}

#[actix_web::test]
async fn a_template_that_somebody_else_changed_shows_the_difference() {
    let school = School::open().await;
    let (office, director) = (school.sign_in(Office).await, school.sign_in(Director).await);
    let path = format!("/letter-templates/{}", school.letter_template("en", "Absence", "Dear {guardian}"));
    let mine = Typed::of(&office, &path).await.with("body", "Mine");
    Typed::of(&director, &path)
        .await
        .with("body", "Theirs")
        .send(&director)
        .await
        .redirects_to("/letter-templates");

    let answer = mine.send(&office).await;

    answer.has_status(409).shows("Rosa Lindqvist changed this meanwhile").shows("Theirs");
    mine.seen_in(&answer).send(&office).await.redirects_to("/letter-templates");
}

#[actix_web::test]
async fn a_teacher_writes_no_letters() {
    let (school, amal, _, template) = family().await;
    let teacher = school.sign_in(Teacher).await;

    teacher.get(&preview(amal, &template)).await.is_forbidden();
    teacher.get("/letter-templates").await.is_forbidden();
}

#[actix_web::test]
async fn a_letter_that_says_since_when_is_for_whoever_is_absent_in_a_row() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    school.has_days(amal, "papapapapapapapapapp");
    gets_mail(&school, amal, "Hodan Abdi", "en");
    let office = school.sign_in(Office).await;
    let template = school.letter_template("en", "Absent since {absent_since}", "{days_in_a_row} days.");

    office
        .get(&preview(amal, &template))
        .await
        .shows("No letter: not absent in a row now")
        .hides("Write 1 letter");

    let sent = [("student[]", &*amal.to_string()), ("template", &*template), ("look_again_on", "2026-12-01")];
    office.post("/letters", sent).await.has_status(422).shows("Nobody of these gets a letter");
    assert_eq!(written(&school), 0);
}

#[actix_web::test]
async fn a_letter_that_was_written_is_found_again_on_the_students_page() {
    let (_school, amal, office, template) = family().await;
    let page = office.get(&preview(amal, &template)).await;

    let sheet = write(&office, &page).await.leads();

    office.get(&format!("/students/{amal}")).await.shows(&format!("href=\"{sheet}\""));
}
