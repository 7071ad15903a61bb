//! A table of contacts that names somebody who is barred for a student.

use crate::support::{Administrator, School};

#[actix_web::test]
async fn a_rehearsal_says_that_a_name_is_barred_for_the_student() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    school.brings_all(&administrator).await;
    let bar =
        "insert into restrictions (organization_id, id, student_id, contact_id, bars_contact, starts_on)
         select $1, gen_random_uuid(), student_id, contact_id, true, date '2026-11-01' from guardians
         where organization_id = $1 and relationship = $2::relationship";
    school.run(bar, "father");
    let table = "guardian_id,name,phone,student_id,relationship\n\
        G8,Emmy Korvin,+351 8,101,Mother\nG9,\"KORVIN, Vasily\",+351 900,101,Father\nG9,\"KORVIN, Vasily\",+351 900,102,Father\n";

    let path = school.brings(&administrator, ("contacts", table.as_bytes()), &[]).await;

    let page = administrator.get(&path).await;
    page.shows("contacts.csv, line 3: This name is barred for this student: no contact.");
    assert_eq!(page.body.matches("This name is barred").count(), 1);
    let sofia = school.text("select id::text from students where student_number = '101'");
    let shown = administrator.get(&format!("/students/{sofia}")).await;
    shown.shows("KORVIN, Vasily").shows("+351 8").hides("+351 900").hides("+351 1");
}
