//! Who is absent often or in a row, and what is done about it: a list that is worked off.

use reqwest::Method;
use school::Uuid;

use crate::support::{
    Answer, Counselor, Office, Person, School, Supervisor, Teacher,
    database::{lines, within},
    form::{Typed, fields},
};

const LIST: &str = "/absence-follow-ups";
/// Twenty days, the last four missed.
const SEVERE: &str = "ppppppppppppppppaaaa";

/// Amal, who has missed a fifth of her days, and the office.
async fn amal() -> (School, Uuid, Person) {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    school.has_days(amal, SEVERE);
    let office = school.sign_in(Office).await;
    (school, amal, office)
}

/// Records what was done, as the page that somebody has open sends it.
async fn record(person: &Person, student: Uuid, page: &Answer, more: &[(&str, &str)]) -> Answer {
    let mut sent: Vec<(String, String)> = fields(&page.body);
    let said = [("kind", "called"), ("outcome", "not_reached"), ("note", "Rang twice")];
    for (name, value) in said.iter().chain(more) {
        sent.retain(|(other, _)| other != name);
        sent.push(((*name).to_owned(), (*value).to_owned()));
    }
    let sent: Vec<_> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    person.send(Method::POST, &format!("/students/{student}/interventions"), &sent).await
}

async fn form(person: &Person, student: Uuid) -> Answer {
    let page = person.get(&format!("/students/{student}/interventions/new")).await;
    page.is_ok();
    page
}

/// The address of what was done last for a student.
fn last_of(school: &School, student: Uuid) -> String {
    let query = format!(
        "select id::text as line from attendance_interventions where student_id = '{student}' order by id desc limit 1"
    );
    format!("/students/{student}/interventions/{}", lines(&mut within(school.organization), &query).concat())
}

#[actix_web::test]
async fn whoever_misses_a_fifth_of_their_days_is_on_the_list_with_since_when() {
    let (_school, _, office) = amal().await;

    office
        .get(LIST)
        .await
        .shows("Amal Abdullahi")
        .shows("Homeroom 4A")
        .shows("20.0 %")
        .shows("4 of 20 days")
        .shows("Severe")
        .shows("since Tue 17 Nov")
        .shows("nothing yet");
}

#[actix_web::test]
async fn nobody_is_called_chronic_before_ten_days_or_below_a_tenth() {
    let school = School::open().await;
    for (first, days) in
        [("Early", "apapapapp"), ("Rare", "ppppppppppapppppppppp"), ("Half", "ppppppppphhppppppppp")]
    {
        school.has_days(school.enroll(first, "Okoro"), days);
    }
    let tenth = school.enroll("Tenth", "Okoro");
    school.has_days(tenth, "pppppppppapppppppphh");

    let list = school.sign_in(Office).await.get(LIST).await;

    list.shows("Tenth Okoro").shows("10.0 %").shows("Chronic").hides("Early").hides("Rare").hides("Half");
}

#[actix_web::test]
async fn three_days_in_a_row_bring_a_child_on_the_list_and_a_half_day_ends_the_row() {
    let school = School::open().await;
    let (kwame, bea) = (school.enroll("Kwame", "Acheampong"), school.enroll("Bea", "Lima"));
    school.has_days(kwame, &("p".repeat(47) + "aaa"));
    school.has_days(bea, &("p".repeat(46) + "aaha"));

    let list = school.sign_in(Office).await.get(LIST).await;

    list.shows("Kwame Acheampong").shows("3 days").shows("since Wed 18 Nov").hides("Bea Lima");
}

#[actix_web::test]
async fn whatever_is_recorded_takes_the_child_off_until_the_day_that_was_chosen() {
    let (school, amal, office) = amal().await;
    let page = form(&office, amal).await;

    record(&office, amal, &page, &[("look_again_on", "2026-11-26")]).await.redirects_to(LIST);

    office.get(LIST).await.shows("Nobody to follow up").hides("Amal Abdullahi");
    office
        .get(&format!("{LIST}?state=waiting"))
        .await
        .shows("Amal Abdullahi")
        .shows("Called, not reached")
        .shows("look again on Thu 26 Nov")
        .shows("never");
    office
        .get(&format!("/students/{amal}"))
        .await
        .shows("Called, not reached")
        .shows("Rang twice")
        .shows("Rosa Lindqvist");
    school.clock.set("2026-11-26T08:00:00Z".parse().unwrap());
    school.sign_in(Office).await.get(LIST).await.shows("Amal Abdullahi").shows("Called, not reached");
}

#[actix_web::test]
async fn only_somebody_who_was_reached_counts_as_contact() {
    let (_school, amal, office) = amal().await;
    for (day, outcome) in [("2026-11-12", "reached"), ("2026-11-19", "message_left")] {
        let page = form(&office, amal).await;
        let said = [("happened_on", day), ("outcome", outcome), ("look_again_on", "2026-11-23")];
        record(&office, amal, &page, &said).await.redirects_to(LIST);
    }

    office
        .get(LIST)
        .await
        .shows("Thu 12 Nov")
        .shows("Called, left a message")
        .shows("Thu 19 Nov")
        .hides("never<");
}

#[actix_web::test]
async fn two_people_who_act_at_once_learn_of_each_other_t76() {
    let (school, amal, office) = amal().await;
    let other = school.sign_in(Office).await;
    let (mine, theirs) = (form(&office, amal).await, form(&other, amal).await);
    record(&other, amal, &theirs, &[("kind", "visited"), ("note", "At the door")]).await.redirects_to(LIST);

    let answer = record(&office, amal, &mine, &[("note", "Mother rang back")]).await;

    answer
        .has_status(409)
        .shows("recorded this meanwhile")
        .shows("Visited, not reached")
        .shows("At the door")
        .shows("Mother rang back");
    assert_eq!(
        school.number("select count(*) as n from attendance_interventions where organization_id = $1"),
        1
    );
    record(&office, amal, &answer, &[("note", "Mother rang back")]).await.redirects_to(LIST);
    assert_eq!(
        school.number("select count(*) as n from attendance_interventions where organization_id = $1"),
        2
    );
}

#[actix_web::test]
async fn twenty_who_act_at_once_leave_one_action_t76() {
    let (school, amal, office) = amal().await;
    let page = form(&office, amal).await;

    let tries = (0..20).map(|_| record(&office, amal, &page, &[]));
    let answers = futures::future::join_all(tries).await;

    let kept = answers.iter().filter(|answer| answer.status == 303).count();
    assert!(answers.iter().all(|answer| [303, 409].contains(&answer.status.as_u16())));
    assert_eq!(
        (
            kept,
            school.number("select count(*) as n from attendance_interventions where organization_id = $1")
        ),
        (1, 1)
    );
}

#[actix_web::test]
async fn a_correction_says_who_and_why_and_the_history_keeps_what_stood_before() {
    let (school, amal, office) = amal().await;
    let page = form(&office, amal).await;
    record(&office, amal, &page, &[]).await.redirects_to(LIST);
    let action = last_of(&school, amal);
    let page = office.get(&format!("{action}/edit")).await;
    let sent = fields(&page.body);
    let with = |name: &str, value: &str| {
        let mut sent = sent.clone();
        sent.retain(|(other, _)| other != name);
        sent.push((name.to_owned(), value.to_owned()));
        sent
    };

    let unsaid: Vec<_> = with("outcome", "reached");
    let unsaid: Vec<_> = unsaid.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    office.send(Method::POST, &action, &unsaid).await.field_error("because", "Fill this in");
    let said = [
        unsaid.into_iter().filter(|(name, _)| *name != "because").collect(),
        vec![("because", "It was her aunt")],
    ]
    .concat();
    office.send(Method::POST, &action, &said).await.redirects_to(&format!("/students/{amal}"));

    office
        .get(&format!("/students/{amal}"))
        .await
        .shows("Called, reached")
        .shows("Corrected by Rosa Lindqvist")
        .shows("It was her aunt");
    office.send(Method::POST, &action, &said).await.has_status(409).shows("changed this meanwhile");
    let kept = "select count(*) as n from change_events where organization_id = $1 and entity = 'attendance_interventions'
        and changes::text like '%not_reached%reached%'";
    assert_eq!(school.number(kept), 1);
}

#[actix_web::test]
async fn what_is_withdrawn_counts_no_more_and_stays_to_be_read() {
    let (school, amal, office) = amal().await;
    let page = form(&office, amal).await;
    record(&office, amal, &page, &[("outcome", "reached")]).await.redirects_to(LIST);
    let action = last_of(&school, amal);

    office
        .post(&format!("{action}/withdrawal"), [("withdrawn_because", " ")])
        .await
        .field_error("withdrawn_because", "Fill this in");
    let why = [("withdrawn_because", "It was another child")];
    office.post(&format!("{action}/withdrawal"), why).await.redirects_to(&format!("/students/{amal}"));

    office.get(LIST).await.shows("Amal Abdullahi").shows("nothing yet").shows("never");
    office
        .get(&format!("/students/{amal}"))
        .await
        .shows("Withdrawn by Rosa Lindqvist")
        .shows("It was another child");
    office.post(&format!("{action}/withdrawal"), why).await.has_status(409).shows("withdrawn already");
}

#[actix_web::test]
async fn days_that_cannot_be_are_refused_by_the_field_t53() {
    let (school, amal, office) = amal().await;
    let page = form(&office, amal).await;
    for (field, day, said) in [
        ("happened_on", "2026-11-24", "still to come"),
        ("happened_on", "2025-01-01", "longer ago"),
        ("happened_on", "2026-02-30", "year-month-day"),
        ("happened_on", "", "Choose a day"),
        ("look_again_on", "2026-11-22", "has passed"),
        ("look_again_on", "2027-11-22", "120 days"),
        ("look_again_on", "infinity", "year-month-day"),
        ("kind", "sang", "Choose one"),
    ] {
        record(&office, amal, &page, &[(field, day)]).await.field_error(field, said);
    }
    assert_eq!(
        school.number("select count(*) as n from attendance_interventions where organization_id = $1"),
        0
    );
}

#[actix_web::test]
async fn a_barred_contact_is_offered_to_nobody_and_taken_from_nobody() {
    let (school, amal, office) = amal().await;
    let barred = school.contact_of(&amal.to_string());
    form(&office, amal).await.shows("07700 900 132").shows(&format!("value=\"{barred}\""));
    let bar = "insert into restrictions (organization_id, id, student_id, contact_id, bars_contact, starts_on)
         select $1, gen_random_uuid(), student_id, contact_id, true, date '2026-09-01' from guardians where contact_id = $2::uuid";
    school.run(bar, &barred);

    let page = form(&office, amal).await;

    page.hides("07700 900 132")
        .hides(&format!("value=\"{barred}\""))
        .shows("No contact")
        .shows("Number not shown");
    record(&office, amal, &page, &[("contact_id", &barred)])
        .await
        .field_error("contact_id", "barred from contact");
    record(&office, amal, &page, &[("contact_id", &Uuid::new_v4().to_string())])
        .await
        .field_error("contact_id", "Choose one");
}

#[actix_web::test]
async fn the_list_goes_on_page_by_page_without_losing_or_doubling_anybody_t65() {
    let school = School::open().await;
    for turn in 0..60 {
        school.has_days(school.enroll(&format!("Pupil{turn:02}"), "Same"), SEVERE);
    }
    let office = school.sign_in(Office).await;
    for sort in ["", "run", "contact", "name"] {
        let first = office.get(&format!("{LIST}?sort={sort}")).await;
        let next = first.body.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap();
        let second = office.get(&crate::support::form::read(next)).await;
        let seen = |page: &Answer| {
            (0..60)
                .filter(|turn| page.body.contains(&format!("Pupil{turn:02} Same</bdi>")))
                .collect::<Vec<_>>()
        };
        let (first, second) = (seen(&first), seen(&second));
        assert_eq!((first.len(), second.len()), (50, 10), "{sort}");
        assert!(second.iter().all(|turn| !first.contains(turn)), "{sort}");
    }
}

#[actix_web::test]
async fn a_list_that_is_narrowed_shows_whom_it_says() {
    let (school, _, office) = amal().await;
    let chidi = school.enroll("Chidi", "Okonkwo");
    school.has_days(chidi, "papppppppapppppppppp");

    office.get(&format!("{LIST}?tier=severe")).await.shows("Amal Abdullahi").hides("Chidi Okonkwo");
    office.get(&format!("{LIST}?tier=moderate")).await.shows("Chidi Okonkwo").hides("Amal Abdullahi");
    office.get(&format!("{LIST}?run=3")).await.shows("Amal Abdullahi").hides("Chidi Okonkwo");
    office.get(&format!("{LIST}?run=5")).await.shows("Nobody matches");
    office.get(&format!("{LIST}?grade={}", school.grade)).await.shows("Chidi Okonkwo");
    office.get(&format!("{LIST}?campus={}", Uuid::new_v4())).await.hides("Chidi Okonkwo");
    office.get(&format!("{LIST}?q=okon")).await.shows("Chidi Okonkwo").hides("Amal Abdullahi");
}

#[actix_web::test]
async fn a_counselor_reads_of_the_children_in_their_care_and_a_teacher_of_none() {
    let (school, amal, office) = amal().await;
    let page = form(&office, amal).await;
    record(&office, amal, &page, &[("look_again_on", "2026-11-23")]).await.redirects_to(LIST);
    let counselor = school.sign_in(Counselor).await;
    counselor.get(LIST).await.is_ok().hides("Amal Abdullahi");
    let grant = "insert into user_students (organization_id, id, user_id, student_id, access_level, starts_on, reason)
         select $1, gen_random_uuid(), users.id, students.id, 'view', date '2026-09-01', 'Caseload' from users, students
         where users.organization_id = $1 and users.email = $2 and students.organization_id = $1";
    school.run(grant, &counselor.email);

    counselor.get(LIST).await.shows("Amal Abdullahi").hides(">Record<").hides("Letter to chosen");
    counselor.get(&format!("/students/{amal}")).await.shows("Rang twice");
    counselor.get(&format!("/students/{amal}/interventions/new")).await.is_forbidden();
    let teacher = school.sign_in(Teacher).await;
    teacher.get(LIST).await.is_forbidden();
    teacher.get(&format!("/students/{amal}")).await.is_ok().hides("Rang twice");
    school.sign_in(Supervisor).await.get(LIST).await.is_forbidden();
}

#[actix_web::test]
async fn a_slip_in_what_was_recorded_long_ago_is_mended_and_the_days_stay() {
    let (school, amal, office) = amal().await;
    let page = form(&office, amal).await;
    record(&office, amal, &page, &[]).await.redirects_to(LIST);
    let long_ago = "update attendance_interventions set happened_on = '2024-11-04', look_again_on = '2024-11-11' where organization_id = $1 and $2 = ''";
    school.run(long_ago, "");
    let action = last_of(&school, amal);

    let mended = Typed::of(&office, &action).await.with("note", "Rang twice, then wrote");
    mended.with("because", "A slip").send(&office).await.redirects_to(&format!("/students/{amal}"));

    let kept =
        "select concat_ws(' ', happened_on, look_again_on, note) as line from attendance_interventions";
    assert_eq!(school.line(kept), "2024-11-04 2024-11-11 Rang twice, then wrote");
    let moved = Typed::of(&office, &action).await.with("happened_on", "2024-11-05").with("because", "A slip");
    moved.send(&office).await.field_error("happened_on", "longer ago");
}
