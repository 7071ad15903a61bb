//! The program knows somebody again by their session; what changed about them meanwhile is new at their next page.

use crate::support::{Office, School, database};

/// What pages say of somebody, changed behind their back: by which role of the database, how, and what is shown then.
const CHANGES: [(&str, &str, &str); 5] = [
    ("lobby", "update users set first_name = 'Wilhelmina' where email = 'EMAIL'", "Wilhelmina"),
    (
        "lobby",
        "update roles set name = 'Bell ringer' where id = (select role_id from users where email = 'EMAIL')",
        "Bell ringer",
    ),
    (
        "owner",
        "update campuses set name = 'North Tower' where organization_id = $1 and $2 <> ''",
        "North Tower",
    ),
    (
        "owner",
        "update staff set campus_id = null from users where users.id = user_id and staff.organization_id = $1 and users.email = $2",
        "Bells of Ghent",
    ),
    (
        "lobby",
        "update organizations set name = 'Carillon' where id = (select organization_id from users where email = 'EMAIL')",
        "Carillon",
    ),
];

#[actix_web::test]
async fn what_a_page_calls_somebody_and_their_place_is_new_at_the_next_click() {
    let school = School::open().await;
    let colleague = school.sign_in(Office).await;
    school.holds(&colleague.email, "Ringer", &[("READ_STUDENTS", "organization")]);
    let named =
        format!("update organizations set name = 'Bells of Ghent' where id = '{}'", school.organization);
    database::run(&mut database::lobby(), &named);
    let page = colleague.get("/account").await;
    page.is_ok();
    for (.., shown) in CHANGES {
        page.hides(shown);
    }

    for (by, change, shown) in CHANGES {
        if by == "owner" {
            school.run(change, &colleague.email);
        } else {
            database::run(&mut database::lobby(), &change.replace("EMAIL", &colleague.email));
        }
        colleague.get("/account").await.is_ok().shows(shown);
    }
}

#[actix_web::test]
async fn whoever_left_the_school_is_out_at_the_next_click_though_the_program_knows_them() {
    let school = School::open().await;
    let (one, other) = (school.sign_in(Office).await, school.sign_in_elsewhere(Office).await);
    one.get("/account").await.is_ok();
    other.get("/account").await.is_ok();

    let left = "update staff set status = 'left' from users where users.id = user_id and staff.organization_id = $1 and users.email = $2";
    school.run(left, &one.email);

    one.get("/account").await.redirects_to("/sign-in?next=%2Faccount");
    other.get("/account").await.is_ok();
}
