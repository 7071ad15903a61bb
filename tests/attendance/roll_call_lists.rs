//! Lists of fire rolls and trips, looked for afterwards: for how long, and however many there are.

use super::{roll_calls::fire, staff::id};
use crate::support::{Office, School, Teacher, school::morning};

#[actix_web::test]
async fn whoever_held_a_list_reads_no_more_of_it_a_day_after_it_was_closed() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let (office, leader) = (school.sign_in(Office).await, school.sign_in_elsewhere(Teacher).await);
    let (campus, class, holder) = (school.campus.to_string(), school.class.to_string(), id(&school, &leader));
    let trip = [
        ("kind", "trip"),
        ("name", "Harbour"),
        ("moment", "Departure"),
        ("campus_id", &*campus),
        ("class[]", &*class),
        ("held_by", &*holder),
    ];
    let trip = office.post("/roll-calls", trip).await.leads();
    leader.post(&format!("{trip}/closure"), []).await.has_status(303);
    leader.get(&trip).await.is_ok().shows("Amal Abdullahi");

    school.clock.set(morning() + chrono::TimeDelta::days(1));

    leader.get(&trip).await.is_missing();
    leader.get("/roll-calls").await.hides("Harbour");
    office.get(&trip).await.is_ok().shows("Amal Abdullahi");
}

#[actix_web::test]
async fn every_list_there_ever_was_is_found_page_by_page_t65() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let office = school.sign_in(Office).await;
    let open = fire(&office, &school).await;
    let drills = "insert into roll_calls (organization_id, id, campus_id, kind, day, name, closed_at, closed_by_id)
         select organization_id, gen_random_uuid(), campus_id, kind, day - n / 2, $2 || n || '<', now(),
           (select id from users where organization_id = $1 limit 1) from roll_calls, generate_series(1, 120) n
         where organization_id = $1";
    school.run(drills, "Drill ");
    let on_them = "insert into roll_call_entries (organization_id, id, roll_call_id, student_id, known)
         select organization_id, gen_random_uuid(), id, $2::uuid, 'unknown' from roll_calls where organization_id = $1 and name like 'Drill%'";
    school.run(on_them, &amal.to_string());

    let (mut pages, mut next) = (Vec::new(), Some("/roll-calls".to_owned()));
    while let Some(path) = next {
        let page = office.get(&path).await;
        next = page
            .body
            .split("href=\"/roll-calls?after=")
            .nth(1)
            .map(|rest| format!("/roll-calls?after={}", rest.split('"').next().unwrap()));
        pages.push(page.is_ok().body.clone());
    }

    assert_eq!(pages.len(), 3);
    assert!(pages[0].contains(&format!("href=\"{open}\"")));
    for n in 1..=120 {
        let name = format!("Drill {n}&#60;");
        assert_eq!(pages.iter().map(|page| page.matches(&name).count()).sum::<usize>(), 1, "{name}");
    }
}
