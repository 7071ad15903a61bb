//! Rows of a table that were not taken: as a file to mend, and sent again.

use super::STUDENTS;
use crate::support::{Administrator, School};

#[actix_web::test]
async fn rejected_rows_of_a_table_are_mended_and_sent_again_t47() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let (plain, odd) = (STUDENTS.replace(",H1", ","), "103,=1+1,,1/30/2016,F,4,\n");
    let table = format!("{plain}{odd}");
    let path = school.brings(&administrator, ("students", table.as_bytes()), &[("is_whole", "yes")]).await;
    administrator.get(&path).await.shows("students.csv</bdi>, line 4").shows("A value is needed here.");
    assert_eq!(school.count("students"), 2);

    let file = administrator.get(&format!("{path}/rejected?file=students.csv")).await;
    file.is_ok().shows("103,'=1+1,,1/30/2016,F,4,,4,last_name: A value is needed here.");
    let mended = file.body.replace("'=1+1,,", "'=1+1,Lovelace,");
    let answer = administrator
        .uploads(
            &format!("{path}/corrections"),
            &[("of", "students.csv")],
            ("file", "mended.csv", mended.as_bytes()),
        )
        .await;
    let next = answer.leads();
    school.works();
    administrator.get(&next).await.shows("Nothing has been changed yet").shows("students, mended.csv");
    administrator.post(&format!("{next}/application"), []).await.redirects_to(&next);
    school.works();

    assert_eq!(school.text("select first_name from students where student_number = '103'"), "=1+1");
    assert_eq!(school.count("students where status = 'active'"), 3, "nobody left with a part of the list");
}
