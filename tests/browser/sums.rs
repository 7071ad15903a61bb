//! What a full autumn adds up to, looked at: the sheet, the year, the report, the campus's days.

use super::Browser;
use crate::support::{Administrator, School, Teacher};

/// Registers of homeroom 4A on every school day since September, a few of each class's marks out of the ordinary.
fn has_an_autumn(school: &School) {
    school.run(
        "insert into attendance_sessions (organization_id, id, campus_id, class_id, session_date, submitted_at, submitted_by_id)
         select c.organization_id, gen_random_uuid(), c.campus_id, c.id, day::date, day + interval '9 hours', u.id
         from classes c, (select id from users where organization_id = $1 limit 1) u, generate_series(timestamp '2026-09-01', timestamp '2026-11-20', interval '1 day') day
         where c.organization_id = $1 and c.id = $2::uuid and extract(isodow from day) < 6",
        &school.class.to_string(),
    );
    school.run(
        "insert into attendance_records (organization_id, id, attendance_session_id, student_id, session_date, teacher_code_id, office_code_id, office_set_at, status, minutes_late)
         select s.organization_id, gen_random_uuid(), s.id, e.student_id, s.session_date, t.id, o.id, case when o.id is not null then s.submitted_at end,
           (case when o.id is not null then 'excused' when t.code in ('late', 'absent') then t.code else 'present' end)::attendance_status,
           case when t.code = 'late' and o.id is null then 12 end
         from attendance_sessions s join class_enrollments e on e.organization_id = s.organization_id and e.class_id = s.class_id
         cross join lateral (select abs(hashtext(e.student_id::text || s.session_date)) % 40 as n) luck
         join attendance_codes t on t.organization_id = s.organization_id
           and t.code = case luck.n when 0 then 'absent' when 1 then 'absent' when 2 then 'late' else 'present' end
         left join attendance_codes o on o.organization_id = s.organization_id and o.code = 'ill' and luck.n = 1
         where s.organization_id = $1 and s.session_date < $2::date",
        "2026-11-23",
    );
    school.run(
        "select count_days($1, array(select id from students where organization_id = $1), $2::date, '2026-11-30')",
        "2026-09-01",
    );
}

#[actix_web::test]
async fn what_days_add_up_to_can_be_read_by_everybody() {
    let school = School::open().await;
    let students = school.fills();
    school.employ(Teacher);
    has_an_autumn(&school);
    school.run(
        "insert into campus_attendance_summaries (organization_id, id, campus_id, attendance_date, total_enrolled, total_present, total_absent, total_tardy, attendance_percentage, recorded_by_label, notes, is_computed)
         select $1, gen_random_uuid(), id, '2026-11-17', 28, 21, 7, 3, 75, 'Front office', $2, false from campuses where organization_id = $1",
        "Snow; the buses from Hill Road came at 10",
    );
    let browser = Browser::open(&school).await;
    browser.sign_in(&school.employ(Administrator)).await;

    for (path, name) in [
        (format!("/classes/{}/register-sheet", school.class), "month-sheet"),
        (format!("/students/{}/attendance", students[3]), "student-year"),
        ("/reports/attendance".to_owned(), "sums-by-grade"),
        ("/reports/attendance?by=class".to_owned(), "sums-by-class"),
        ("/reports/attendance?from=2026-11-20&to=2026-11-01".to_owned(), "sums-refused"),
        ("/reports/attendance?from=2026-09-05&to=2026-09-06".to_owned(), "sums-empty"),
        ("/campus-days".to_owned(), "campus-days"),
        (format!("/campus-days/{}/2026-11-17/edit", school.campus), "campus-day"),
    ] {
        browser.go(&path).await;
        browser.is_for_everybody(name).await;
    }
}
