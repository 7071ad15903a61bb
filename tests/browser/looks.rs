//! Every page can be used by everybody: axe finds nothing, nothing sticks out, nothing breaks the content policy.

use super::Browser;
use crate::support::{
    Administrator, Office, School, Teacher, database,
    form::Typed,
    routes::{self, Route},
    samples,
};

#[actix_web::test]
async fn every_page_can_be_used_by_everybody_in_light_and_dark_and_on_a_phone() {
    looks_at_every_page(|page| page.path.starts_with("/students")).await;
}

#[actix_web::test]
async fn every_other_page_can_be_used_by_everybody_in_light_and_dark_and_on_a_phone() {
    looks_at_every_page(|page| !page.path.starts_with("/students")).await;
}

/// Walks the routes that look, as somebody who may see them all; what is no page is passed by.
async fn looks_at_every_page(these: impl Fn(&Route) -> bool) {
    let school = School::open().await;
    school.lives().await;
    school.changed_it_today();
    let browser = Browser::open(&school).await;
    browser.sign_in(&school.employ(Administrator)).await;
    let mut seen = 0;

    for route in routes::all().into_iter().filter(|route| is_page(route) && these(route)) {
        let path = route.filled(&samples::values(&route, &school));
        school.gets_names();
        browser.go(&path).await;
        if browser.run("return document.contentType").await == "text/html" {
            // A link that opens nothing any more is a page, too, and so is one that nobody asked for.
            assert!([200, 410, 422].contains(&browser.status().await), "{path}");
            let name = route.path.replace(['{', '}'], "").replace('/', "-");
            browser.is_for_everybody(&format!("page{name}")).await;
            refuses(&browser, &name).await;
            seen += 1;
        }
    }
    assert!(seen > 5, "only {seen} pages were seen");
}

/// What only looks and is no file to save; the platform's own pages are looked at by their own people, in visits.rs.
fn is_page(route: &Route) -> bool {
    route.looks() && !route.path.ends_with(".{format}") && !route.path.starts_with("/organizations")
}

/// Whether each link of the summary leads to a field, and each to one further down.
const IN_ORDER: &str = "const fields = [...document.querySelectorAll('#errors li a')].map(link => document.querySelector(link.hash));
    return fields.every((field, n) => field && (n === 0 || Boolean(fields[n - 1].compareDocumentPosition(field) & 4)));";

/// Sends the page's form as nobody should: every field empty. Where that is refused, the refusal is looked at too.
async fn refuses(browser: &Browser, name: &str) {
    let emptied = "const form = document.querySelector('main form.card[method=post]:has(:enabled[type=text], [type=date])');
        if (!form) return false;
        for (const field of form.querySelectorAll('input:not([type=hidden]), select')) field.value = '';
        form.noValidate = true; form.submit(); return true;";
    if browser.run(emptied).await == true {
        browser.find("#errors, .errors").await;
        assert_eq!(
            browser.run(IN_ORDER).await,
            true,
            "{name}: the summary does not lead from field to field"
        );
        browser.is_for_everybody(&format!("refused{name}")).await;
    }
}

#[actix_web::test]
async fn the_door_can_be_used_by_everybody() {
    let school = School::open().await;
    let browser = Browser::open(&school).await;
    browser.go("/sign-in").await;
    browser.is_for_everybody("sign-in").await;

    browser.find("#email").await.send_keys("rosa@belfry.example").await.unwrap();
    browser.find("#password").await.send_keys("a wrong guess").await.unwrap();
    browser.click("button[type=submit]").await;
    browser.find("#error").await;

    browser.is_for_everybody("sign-in-wrong").await;
}

#[actix_web::test]
async fn what_is_empty_or_not_there_can_be_read_by_everybody() {
    let school = School::open().await;
    let browser = Browser::open(&school).await;
    let teacher = school.sign_in_elsewhere(Teacher).await.email;
    school.run("update classes set status = 'closed' where organization_id = $1 and $2 = ''", "");

    browser.sign_in(&teacher).await;
    looks(&browser, &[("/staff/new", "forbidden"), ("/nothing/here", "missing"), ("/today", "empty-today")])
        .await;
    browser.signs_out().await;
    browser.sign_in(&school.employ(Office)).await;
    let found = "q=nobody-is-called-that";
    looks(
        &browser,
        &[
            ("/board", "empty-board"),
            ("/students", "empty-students"),
            (&format!("/students?{found}"), "no-students-found"),
            ("/guardians", "empty-guardians"),
            (&format!("/staff?{found}"), "no-staff-found"),
            (&format!("/classes?{found}"), "no-classes-found"),
            (&school.register(), "empty-register"),
        ],
    )
    .await;
}

#[actix_web::test]
async fn a_school_that_has_no_campus_yet_can_be_begun_by_everybody() {
    let school = School::open().await;
    let browser = Browser::open(&school).await;
    browser.sign_in(&school.employ(Administrator)).await;
    school.run("update classes set status = 'closed' where organization_id = $1 and $2 = ''", "");
    school.run("update campuses set deleted_at = now() where organization_id = $1 and $2 = ''", "");

    looks(
        &browser,
        &[
            ("/board", "board-without-campus"),
            ("/campuses", "empty-campuses"),
            ("/students/new", "new-student-without-campus"),
            ("/imports", "imports-without-campus"),
        ],
    )
    .await;
}

#[actix_web::test]
async fn a_full_register_can_be_used_by_everybody_before_and_after_it_is_submitted() {
    let school = School::open().await;
    let students = school.fills();
    let browser = Browser::open(&school).await;
    browser.sign_in(&school.employ(Teacher)).await;
    looks(&browser, &[("/today", "today"), (&school.register(), "register-fresh")]).await;

    school.gets_marks(&students).await;

    let student = format!("/students/{}", students[2]);
    looks(
        &browser,
        &[
            (&school.register(), "register-submitted"),
            (&school.mark(students[2]), "mark-changed"),
            (&student, "student-absent"),
            ("/today", "today-submitted"),
        ],
    )
    .await;
}

#[actix_web::test]
async fn a_form_that_somebody_else_was_quicker_with_can_be_read_by_everybody() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let browser = Browser::open(&school).await;
    browser.sign_in(&school.employ(Administrator)).await;
    browser.go(&format!("/students/{amal}/edit")).await;
    let other = Typed::of(&school.sign_in(Office).await, &format!("/students/{amal}")).await;
    other.with("alert", "Nuts").send(&school.sign_in(Office).await).await.has_status(303);

    browser.find("#alert").await.send_keys("Peanuts, walnuts").await.unwrap();
    browser.click("main .card-foot [type=submit]").await;

    browser.shows("changed this meanwhile").await;
    browser.is_for_everybody("overtaken").await;
}

#[actix_web::test]
async fn whoever_is_barred_is_seen_by_everybody() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    for _ in 0..2 {
        school.contact_of(&amal.to_string());
    }
    school.gets_names();
    let bars = "insert into restrictions (organization_id, id, student_id, contact_id, bars_contact, bars_collection, bars_address, starts_on, ends_on, court_paper)
         select organization_id, gen_random_uuid(), student_id, case when n > 1 then contact_id end, true, n < 3, n = 1, first, last, 'Family court, ' || $2
         from (select distinct on (student_id) * from guardians where organization_id = $1) one,
           (values (2, date '2026-02-03', null::date), (3, date '2026-09-01', date '2026-11-22'), (4, date '2026-12-01', null)) bars (n, first, last)";
    school.run(bars, "order FD26P00114");
    let stranger = "insert into restrictions (organization_id, id, student_id, person_name, bars_collection, bars_address, starts_on)
         select organization_id, gen_random_uuid(), id, $2, true, true, date '2026-09-01' from students where organization_id = $1";
    school.run(stranger, "Bartholomew Winterbottom");
    school.run("update students set address = $2 where organization_id = $1", "12 Quay Street");
    let browser = Browser::open(&school).await;
    browser.sign_in(&school.employ(Administrator)).await;

    let link = barred_tie(&school, amal);
    looks(&browser, &[(&format!("/students/{amal}"), "student-barred"), (&link, "guardian-barred")]).await;
    browser.go(&format!("/students/{amal}")).await;
    browser.run("document.querySelector('details').open = true").await;
    browser.is_for_everybody("student-barred-before").await;
}

/// The page on which the tie to a barred contact is changed.
fn barred_tie(school: &School, student: school::Uuid) -> String {
    let query = format!(
        "select g.id::text as line from guardians g join restrictions using (student_id, contact_id) where student_id = '{student}' limit 1"
    );
    let link = database::lines(&mut database::within(school.organization), &query).remove(0);
    format!("/students/{student}/guardians/{link}/edit")
}

#[actix_web::test]
async fn a_day_of_the_staff_can_be_read_by_everybody() {
    let school = School::open().await;
    for _ in 0..6 {
        school.employ(Teacher);
    }
    school.asks_its_staff();
    let teacher = school.sign_in(Teacher).await;
    let browser = Browser::open(&school).await;
    browser.sign_in(&teacher.email).await;
    looks(&browser, &[("/today", "today-arrival"), ("/arrival", "arrival-asked")]).await;
    browser.find("#note").await.send_keys("The 8:02 was cancelled").await.unwrap();
    browser.click(".arrival [type=submit]").await;
    browser.shows("recorded as late").await;
    browser.is_for_everybody("today-arrived").await;
    browser.signs_out().await;
    let names = "update staff set first_name = (array['Amal', 'Kwame', 'Zoe', 'Chidi', 'Tariq', 'Ute', 'Li', 'Olga'])[1 + n % 8] || '', status = case when n = 5 then 'on_leave' else status end
         from (select id as whose, row_number() over (order by id)::int as n from staff where organization_id = $1) them where id = whose and $2 = ''";
    school.run(names, "");
    let days = "insert into staff_attendance_records (organization_id, id, staff_id, campus_id, attendance_date, status, note, user_name, arrived_at)
         select organization_id, gen_random_uuid(), id, campus_id, day::date, (array['present', 'late', 'present', 'absent', 'present'])[1 + (extract(day from day)::int + length(first_name)) % 5]::staff_attendance_status,
           case when extract(day from day)::int % 4 = 0 then $2 end, first_name, case extract(day from day)::int % 2 when 0 then time '08:41' end
         from staff, generate_series(timestamp '2026-11-02', timestamp '2026-11-20', interval '1 day') day
         where organization_id = $1 and extract(isodow from day) < 6";
    school.run(days, "Dentist, told the week before");
    let marked = "insert into staff_attendance_records (organization_id, id, staff_id, campus_id, attendance_date, status, user_name)
         select organization_id, gen_random_uuid(), id, campus_id, date '2026-11-23', case first_name when 'Zoe' then 'absent' else 'present' end::staff_attendance_status, first_name
         from staff where organization_id = $1 and first_name in ('Zoe', 'Kwame') and $2 = ''
         on conflict do nothing";
    school.run(marked, "");
    browser.sign_in(&school.employ(Administrator)).await;
    let query = "select id::text as line from staff where first_name = 'Kwame' limit 1";
    let one = database::lines(&mut database::within(school.organization), query).remove(0);

    let pages = [
        ("/staff-attendance", "staff-day"),
        ("/staff-attendance?day=2026-11-22", "staff-day-off"),
        (&format!("/staff/{one}"), "staff-month"),
    ];
    looks(&browser, &pages).await;
}

#[actix_web::test]
async fn a_day_of_lessons_and_a_campus_that_keeps_its_roll_elsewhere_can_be_read_by_everybody() {
    let school = School::open().await;
    school.lives().await;
    let teacher = school.sign_in(Teacher).await;
    let hill = school.second_campus("Hill Road");
    let rules = "insert into campus_attendance_config (organization_id, id, campus_id, applies_from, basis, lesson_starts, attendance_link)
         select organization_id, gen_random_uuid(), id, '2026-09-01', case when id = $2::uuid then 'daily' else 'period' end::attendance_basis,
           case when id <> $2::uuid then array['08:20', '09:20', '10:10', '11:15']::time[] end, case when id = $2::uuid then 'https://rolls.example/hill-road' end
         from campuses where organization_id = $1";
    school.run(rules, &hill);
    for (name, roll) in [("Homeroom 1B", "true"), ("Homeroom 1C", "false")] {
        let class = format!(
            "with class as (insert into classes (organization_id, id, campus_id, academic_year_id, name, kind)
               select organization_id, gen_random_uuid(), case when {roll} then '{hill}' else campus_id end, academic_year_id, '{name}', kind
               from classes where id = '{}' returning *),
             duty as (insert into class_staff (organization_id, id, class_id, staff_id, duty, starts_on)
               select class.organization_id, gen_random_uuid(), class.id, staff.id, 'teacher', '2026-09-01' from class, staff
               where user_id = (select id from users where email = '{}'))
             insert into class_enrollments (organization_id, id, class_id, student_id, enrolled_on)
               select class.organization_id, gen_random_uuid(), class.id, s.id, '2026-09-01' from class, (select id from students limit 1) s where {roll}",
            school.class, teacher.email
        );
        database::run(&mut database::within(school.organization), &class);
    }
    let browser = Browser::open(&school).await;

    browser.sign_in(&teacher.email).await;
    looks(&browser, &[("/today", "lessons-today")]).await;
    browser.signs_out().await;
    browser.sign_in(&school.employ(Administrator)).await;
    let of_hill = format!("/board?campus={hill}");
    let rule = format!("/attendance-policies/new?campus={}", school.campus);
    let pages = [
        ("/board", "lessons-board"),
        (&*of_hill, "lessons-board-elsewhere"),
        ("/attendance-policies", "lessons-rules"),
        (&*rule, "lessons-rule"),
        ("/registers-not-taken", "lessons-not-taken"),
    ];
    looks(&browser, &pages).await;
}

async fn looks(browser: &Browser, pages: &[(&str, &str)]) {
    for (path, name) in pages {
        browser.go(path).await;
        browser.is_for_everybody(name).await;
    }
}
