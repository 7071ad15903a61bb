//! What is printed and looked at says whose it is: the child's campus or the one that was chosen, not the writer's.

use school::Uuid;

use crate::support::{
    Office, Person, School,
    database::{lines, within},
    form::fields,
    samples::absences::gets_mail,
};

/// Harbourside's other campus, Ada of a class there, and the office of the first campus.
async fn two_campuses() -> (School, Uuid, Uuid, Person) {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let ada = school.enroll("Ada", "Nwosu");
    let (island, class) = (Uuid::new_v4(), Uuid::new_v4());
    let made = format!(
        "insert into campuses (organization_id, id, name, code) values ($1, '{island}', $2, 'ISLAND')"
    );
    school.run(&made, "Island House");
    let made = format!(
        "insert into classes (organization_id, id, campus_id, academic_year_id, name, kind)
         select organization_id, '{class}', '{island}', academic_year_id, $2, kind from classes where organization_id = $1"
    );
    school.run(&made, "Island 1");
    for moved in [
        format!(
            "update school_enrollments set campus_id = '{island}' where organization_id = $1 and student_id = $2::uuid"
        ),
        format!("update students set campus_id = '{island}' where organization_id = $1 and id = $2::uuid"),
        format!(
            "update class_enrollments set class_id = '{class}' where organization_id = $1 and student_id = $2::uuid"
        ),
    ] {
        school.run(&moved, &ada.to_string());
    }
    let office = school.sign_in(Office).await;
    (school, island, ada, office)
}

#[actix_web::test]
async fn a_letter_is_headed_by_the_childs_campus() {
    let (school, _, ada, office) = two_campuses().await;
    school.has_days(ada, "ppppppppppppppppaaaa");
    gets_mail(&school, ada, "Ifeoma Nwosu", "en");
    let template = school.letter_template("en", "Absence of {student}", "Dear {guardian}");
    let preview = office.get(&format!("/letters/new?student[]={ada}&template={template}")).await;
    let sent = fields(&preview.body);
    let sent: Vec<_> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();

    let sheet = office.send(reqwest::Method::POST, "/letters", &sent).await.leads();

    office.get(&sheet).await.shows("<p class=\"from\">Island House</p>");
}

#[actix_web::test]
async fn a_slip_is_headed_by_the_campus_that_the_child_came_to() {
    let (school, _, _, office) = two_campuses().await;
    office.post("/front-desk/arrivals", [("q", "Ada Nwosu")]).await.has_status(303);
    let id =
        lines(&mut within(school.organization), "select id::text as line from attendance_movements").concat();

    let slip = office.get(&format!("/front-desk/movements/{id}/slip")).await;

    slip.shows("<h1 class=\"h2 mb-0\">Island House</h1>");
}

#[actix_web::test]
async fn the_board_is_headed_by_the_campus_looked_at() {
    let (_school, island, _, office) = two_campuses().await;

    let chosen = office.get(&format!("/board?campus={island}")).await;
    chosen.shows("Registers and absences at Island House");
    office.get("/board").await.shows("Registers and absences at all campuses").hides("at Island House");
}
