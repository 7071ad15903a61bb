//! What an administrator learns of addresses that other schools have, and how much mail they send to them.

use crate::support::{
    Administrator, Answer, Person, School, Teacher,
    database::{lines, lobby, within},
    form::Typed,
    school::unique,
};

fn address() -> String {
    format!("{}@belfry.example", unique("gita"))
}

async fn invites(administrator: &Person, email: &str, (field, value): (&str, &str)) -> Answer {
    let fields = [("first_name", "Gita"), ("last_name", "Raman"), ("email", email), (field, value)];
    administrator.post("/users", fields).await
}

/// Accounts and mails of an address.
fn traces(email: &str) -> Vec<String> {
    let query = format!(
        "select count(*)::text as line from users where email_canonical = '{email}' and first_name = 'Gita'
         union all select count(*)::text from outgoing_mail where address = '{email}'"
    );
    lines(&mut lobby(), &query)
}

fn refusals(school: &School) -> Vec<String> {
    let query =
        "select page || ' ' || permission as line from access_events where action = 'denied' order by at, id";
    lines(&mut within(school.organization), query)
}

#[actix_web::test]
async fn an_invitation_with_another_mistake_tells_of_no_address_t23() {
    let (school, elsewhere) = (School::open().await, School::open().await);
    let administrator = school.sign_in(Administrator).await;
    let (taken, free) = (elsewhere.employ(Teacher), address());
    let clerk = school.sign_in(Administrator).await;
    school.holds(
        &clerk.email,
        "Inviter",
        &[("CREATE_USERS", "organization"), ("READ_USERS", "organization")],
    );
    let director = school.role("Director");

    for (person, mistake, status) in [
        (&administrator, ("staff_id", &*elsewhere.campus.to_string()), 422),
        (&administrator, ("role_id", &*elsewhere.campus.to_string()), 422),
        (&administrator, ("campus[]", &*elsewhere.campus.to_string()), 422),
        (&clerk, ("role_id", &*director), 403),
    ] {
        let mut bodies = Vec::new();
        for email in [&taken, &free] {
            let answer = invites(person, email, mistake).await;
            assert_eq!(answer.status, status, "{mistake:?}");
            bodies.push((answer.body.replace(email, "ADDRESS"), answer.headers.len()));
        }
        assert_eq!(without_ids(&bodies[0].0), without_ids(&bodies[1].0), "{mistake:?} tells them apart");
        assert_eq!(bodies[0].1, bodies[1].1);
    }
    assert_eq!(traces(&free), ["0", "0"], "nobody is invited by looking");
}

/// A page without what is made anew for each request.
fn without_ids(body: &str) -> String {
    let is_id = |word: &&str| word.len() == 36 && word.matches('-').count() == 4;
    body.split(['"', '>', '<', ' ']).filter(|word| !is_id(word)).collect::<Vec<_>>().join(" ")
}

#[actix_web::test]
async fn whoever_asks_who_has_an_address_is_counted_and_stands_in_the_record_t23() {
    let (school, elsewhere) = (School::open().await, School::open().await);
    let administrator = school.sign_in(Administrator).await;
    let taken = elsewhere.employ(Teacher);

    for _ in 0..3 {
        let answer = invites(&administrator, &taken, ("locale", "pt")).await;
        answer.field_error("email", "This address cannot be used.");
    }
    let answer = invites(&administrator, &taken, ("locale", "pt")).await;

    answer.has_status(429).shows("value=\"Gita\"").shows("Too much mail was sent there.");
    assert_eq!(refusals(&school), ["POST /users CREATE_USERS"]);
    assert_eq!(refusals(&elsewhere), Vec::<String>::new());
    assert_eq!(traces(&taken), ["0", "0"]);
}

#[actix_web::test]
async fn whoever_asks_by_changing_an_account_is_counted_too_t23() {
    let (school, elsewhere) = (School::open().await, School::open().await);
    let administrator = school.sign_in(Administrator).await;
    let path = school.colleague(Teacher).await.1;
    let taken = elsewhere.employ(Teacher);
    let moves =
        async || Typed::of(&administrator, &path).await.with("email", &taken).send(&administrator).await;

    for _ in 0..3 {
        moves().await.field_error("email", "This address cannot be used.");
    }

    moves().await.has_status(429).shows(&format!("value=\"{taken}\""));
    assert_eq!(refusals(&school), ["POST /users/{id} UPDATE_USERS"]);
}

#[actix_web::test]
async fn whoever_asks_by_bringing_an_account_back_is_counted_too_t23() {
    let (school, elsewhere) = (School::open().await, School::open().await);
    let administrator = school.sign_in(Administrator).await;
    let (colleague, path) = school.colleague(Teacher).await;
    let email = colleague.email;
    administrator.post(&format!("{path}/removal"), []).await.has_status(303);
    let other = elsewhere.employ(Teacher);
    elsewhere.run(
        &format!("update users set email = '{email}', email_canonical = '{email}' where organization_id = $1 and email = $2"),
        &other,
    );
    let back = async || administrator.post(&format!("{path}/return"), []).await;

    for _ in 0..3 {
        back().await.has_status(422).shows("This address cannot be used.");
    }

    back().await.has_status(429);
    assert_eq!(refusals(&school), ["POST /users/{id}/return CREATE_USERS"]);
    assert_eq!(refusals(&elsewhere), Vec::<String>::new());
}

#[actix_web::test]
async fn an_account_that_is_changed_to_and_fro_floods_nobody_with_mail() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let path = format!("/users/{}", school.invited());
    let (one, other) = (address(), address());
    let mut kept = 0;

    let last = loop {
        let email = if kept % 2 == 0 { &one } else { &other };
        let form = Typed::of(&administrator, &path).await.with("email", email).with("last_name", "Typed");
        let answer = form.send(&administrator).await;
        if answer.status == 429 {
            break answer;
        }
        answer.redirects_to(&path);
        kept += 1;
        assert!(kept < 20, "nobody is ever told to wait");
    };

    last.shows("value=\"Typed\"").shows("Too much mail was sent there.");
    assert!(last.header("retry-after").parse::<u64>().unwrap() > 0);
    let mails = |email: &str| school.post_comes().iter().filter(|mail| mail.to == email).count();
    let came = mails(&one);
    assert!((1..=6).contains(&came), "{came} mails came to one address");
    let left =
        format!("select count(*)::text as line from outgoing_mail where address in ('{one}', '{other}')");
    let left: usize = lines(&mut lobby(), &left).remove(0).parse().unwrap();
    assert!(left <= 9, "{left} mails were left");
}
