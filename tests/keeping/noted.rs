//! What imports noted of a student goes with them.

use super::erasing::{GIVEN, ask};
use crate::support::{
    Administrator, School,
    database::{lines, run, within},
};

/// An import that is done and of which rows were refused, with its file; what it noted is of a student, of another child,
/// and of nobody knows whom.
fn imported(school: &School, student: &str, sibling: &str) -> String {
    let import = school.rehearsed_import();
    run(
        &mut within(school.organization),
        &format!(
            "update import_runs set status = 'done', conflicts = 3,
               findings = jsonb_set(findings, '{{remarks}}', '[\"users.csv, line 9: Kwame Acheampong has no grade.\"]') where id = '{import}';
             insert into import_rows (organization_id, id, import_run_id, file, line, is_conflict, subject_id, field, value, reason)
             select organization_id, gen_random_uuid(), id, 'users.csv', told.* from import_runs, (values
               (7, false, null::uuid, 'phone', '07700 900 555 ext', 'This is no number.'),
               (8, true, '{student}', 'first_name', 'Kwabena', '“Kofi” was entered here and is kept.'),
               (9, true, gen_random_uuid(), 'name', 'Form of Kwame Acheampong', '“4B” was entered here and is kept.'),
               (10, true, '{sibling}', 'address', '12 Quay', '“14 Quay” was entered here and is kept.')) as told where id = '{import}'"
        ),
    );
    import
}

#[actix_web::test]
async fn what_imports_noted_goes_with_the_student_also_where_nobody_knows_whose_it_is() {
    let school = School::open().await;
    let student = school.long_gone("Kwame", "Acheampong");
    let sibling = school.enroll("Ondrej", "Novak").to_string();
    let (import, waiting) = (imported(&school, &student, &sibling), school.rehearsed_import());
    let (one, another) = (school.sign_in(Administrator).await, school.sign_in(Administrator).await);
    let page = format!("/imports/{import}");
    one.get(&page).await.shows("07700 900 555").shows("has no grade").shows("Download to mend");
    one.get(&format!("{page}?rows=kept")).await.shows("Kwabena").shows("14 Quay");

    let stone = ask(&one, &student).await;
    another.get(&stone).await.shows("What imports noted of rows that they refused");
    another.post(&format!("{stone}/approval"), GIVEN).await.redirects_to(&stone);
    school.works();

    let told = |what: &str| lines(&mut within(school.organization), what);
    assert_eq!(told("select line::text || field as line from import_rows"), ["10address"]);
    let kept = "select import_run_id::text as line from import_files where content is not null";
    assert_eq!(told(kept), [waiting], "what waits to be applied is no note");
    let history = "select count(*)::text as line from change_events where entity = 'import_rows'
                   and changes::text ~ 'Kwabena|Kofi|Acheampong|900 555'";
    assert_eq!(told(history), ["0"]);
    let history = "select count(*)::text as line from change_events where entity = 'import_rows' and changes::text like '%14 Quay%'";
    assert_eq!(told(history), ["1"], "the other child's stays");
    one.get(&page).await.shows("is no longer kept").hides("more rows were not taken").hides("has no grade");
    one.get(&format!("{page}?rows=kept")).await.shows("14 Quay").hides("Kwabena");
}

#[actix_web::test]
async fn what_imports_noted_of_a_contact_goes_with_the_contact_and_the_students_own_stays() {
    let school = School::open().await;
    let student = school.long_gone("Kwame", "Acheampong");
    let contact = school.contact_of(&student);
    let import = school.rehearsed_import();
    run(
        &mut within(school.organization),
        &format!(
            "insert into import_rows (organization_id, id, import_run_id, file, line, is_conflict, subject_id, field, value, reason)
             select organization_id, gen_random_uuid(), id, 'users.csv', told.* from import_runs, (values
               (7, true, '{contact}'::uuid, 'address', '12 Quay', '“14 Quay” was entered here and is kept.'),
               (8, true, '{student}', 'address', '16 Quay', '“18 Quay” was entered here and is kept.'),
               (9, true, '{student}', 'told_by', 'Ines Aguiar', '“Nobody” was entered here and is kept.')) as told where id = '{import}'"
        ),
    );
    let (one, another) = (school.sign_in(Administrator).await, school.sign_in(Administrator).await);
    let form = [("kind[]", "family"), ("ground", "retention"), ("reason", "Its period is over")];

    let stone = one.post(&format!("/students/{student}/erasures"), form).await.leads();
    another.post(&format!("{stone}/approval"), GIVEN).await.redirects_to(&stone);
    school.works();

    let left = "select line::text as line from import_rows";
    assert_eq!(lines(&mut within(school.organization), left), ["8"]);
}
