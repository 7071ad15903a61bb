//! Whom a class is offered to: whoever takes its register, on a screen or on paper.

use super::staff::{call, id, somebody};
use crate::support::{
    Counselor, Director, Finance, Office, Person, School, Supervisor, Teacher, person::Role,
};

/// Somebody who helps out and cannot sign in.
fn helper(school: &School) -> String {
    school.line(
        "insert into staff (organization_id, id, employee_number, first_name, last_name, staff_type, campus_id)
         select organization_id, gen_random_uuid(), 'outside', 'Piet', 'Aalto', 'support', campus_id from classes limit 1
         returning id::text as line",
    )
}

/// Somebody of another work, called so that they come first by name.
async fn other(school: &School, role: Role, name: &str) -> (Person, String) {
    let (person, id) = somebody(school, role, name).await;
    let first = format!("update staff set last_name = $2 where organization_id = $1 and id = '{id}'");
    school.run(&first, "Aaberg");
    (person, id)
}

#[actix_web::test]
async fn a_class_is_offered_first_to_who_takes_its_register_and_on_paper_to_who_has_no_account() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;
    let (_, tariq) = somebody(&school, Teacher, "Tariq").await;
    let substitute = school.sign_in_elsewhere(Teacher).await;
    let sana = id(&school, &substitute);
    call(&school, &sana, "Sana");
    let piet = helper(&school);
    let mut others = Vec::new();
    for (role, name) in [(Finance, "Bea"), (Counselor, "Cleo"), (Director, "Dora"), (Supervisor, "Ines")] {
        others.push(other(&school, role, name).await.1);
    }

    let absence = office.get(&format!("/staff/{tariq}/cover")).await;
    let at = |who: &str| absence.body.find(&format!("<option value=\"{who}\">"));
    assert!(at(&sana).is_some() && at(&sana) < at(&piet), "whoever takes the register does not come first");
    absence.shows("on paper");
    for who in &others {
        assert_eq!(at(who), None, "somebody who takes no register is offered");
    }
    let page = office.get(&format!("/classes/{}/covers/new", school.class)).await;
    let (free, rest) = page.body.split_once("Everybody else, 4").unwrap();
    assert!(free.contains(&sana) && free.contains(&piet), "whoever could take the class is not free");
    assert!(others.iter().all(|who| rest.contains(who.as_str()) && !free.contains(who.as_str())));
    assert_eq!(rest.matches("Takes no registers").count(), 4);
}

#[actix_web::test]
async fn whoever_was_given_the_right_to_take_registers_is_offered_and_a_closed_account_is_not() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;
    let (_, tariq) = somebody(&school, Teacher, "Tariq").await;
    let (bursar, bea) = other(&school, Finance, "Bea").await;
    let offers = format!("<option value=\"{bea}\">");
    let path = format!("/staff/{tariq}/cover");
    office.get(&path).await.hides(&offers);

    school.run(
        "insert into user_custom_permissions (user_id, permission, scope, organization_id)
         select id, unnest(array['READ_ATTENDANCE_SESSIONS', 'CREATE_ATTENDANCE_SESSIONS']), 'assigned', $1 from users where email = $2",
        &bursar.email,
    );
    office.get(&path).await.shows(&offers);

    school
        .run("update users set disabled_at = now() where organization_id = $1 and email = $2", &bursar.email);
    office.get(&path).await.hides(&offers);
}
