//! Mail that cannot be sent just now.

use std::{io::Read, net::TcpListener, time::Duration};

use belfry::mail::{Outbox, send_one};
use chrono::TimeDelta;

use crate::support::{School, Teacher, post::BASE, school::morning};

#[actix_web::test]
async fn a_dead_mail_server_keeps_no_page_waiting_and_the_mail_comes_later_t93() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let deaf = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = deaf.local_addr().unwrap();
    drop(deaf);
    let office = school.post_office(Outbox::server(&format!("smtp://{address}")).unwrap());

    school
        .outsider()
        .post("/password-reset", [("email", &*email)])
        .await
        .redirects_to("/password-reset/sent");

    assert!(send_one(&office).unwrap(), "there was a mail");
    assert!(!send_one(&office).unwrap(), "it waits now");
    assert!(school.post_comes().is_empty(), "nobody else sends it meanwhile");
    school.clock.set(school.clock.now() + TimeDelta::seconds(31));
    assert_eq!(school.post_comes().len(), 1);
    assert!(school.post_comes().is_empty(), "it comes once");
}

#[actix_web::test]
async fn a_mail_server_hears_one_mail_for_its_reader_t93() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let heard = std::thread::spawn(move || hear(&listener));
    school
        .outsider()
        .post("/password-reset", [("email", &*email)])
        .await
        .redirects_to("/password-reset/sent");

    let office = school.post_office(Outbox::server(&format!("smtp://{address}")).unwrap());
    assert!(send_one(&office).unwrap());
    assert!(!send_one(&office).unwrap());

    let said = heard.join().unwrap();
    assert!(said.contains(&format!("RCPT TO:<{email}>")), "{said}");
    assert!(said.contains("Message-ID: <") && said.contains("multipart/alternative"), "{said}");
}

#[actix_web::test]
async fn the_demonstrations_mail_is_there_to_read_with_its_link() {
    let folder = tempfile::tempdir().unwrap();
    let there = folder.path().to_owned();
    let school = School::open_with(morning(), move |parts| parts.mailbox = Some(there)).await;
    let email = school.employ(Teacher);
    school
        .outsider()
        .post("/password-reset", [("email", &*email)])
        .await
        .redirects_to("/password-reset/sent");
    send_one(&school.post_office(Outbox::Folder(folder.path().to_owned()))).unwrap();

    let page = school.outsider().get("/mail").await;

    page.is_ok().shows(&email).shows(&format!("href=\"{BASE}/password-reset/"));
}

#[actix_web::test]
async fn nobody_reads_mail_where_there_is_no_demonstration() {
    let school = School::open_with(morning(), |parts| parts.mailbox = None).await;

    school.outsider().get("/mail").await.is_missing();
}

/// A mail server for one mail: answers as SMTP asks and writes down what it hears.
fn hear(listener: &TcpListener) -> String {
    use std::io::Write as _;
    let (mut line, _) = listener.accept().unwrap();
    line.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    line.write_all(b"220 post\r\n").unwrap();
    let (mut said, mut in_mail, mut bytes) = (String::new(), false, [0; 4096]);
    let mut answered = 0;
    loop {
        let count = line.read(&mut bytes).unwrap();
        if count == 0 {
            return said;
        }
        said.push_str(&String::from_utf8_lossy(&bytes[..count]));
        while let Some(end) = said[answered..].find(if in_mail { "\r\n.\r\n" } else { "\r\n" }) {
            let told = said[answered..answered + end].to_owned();
            answered += end + if in_mail { 5 } else { 2 };
            let answer: &[u8] = if in_mail {
                in_mail = false;
                b"250 kept\r\n"
            } else if told == "DATA" {
                in_mail = true;
                b"354 go on\r\n"
            } else if told == "QUIT" {
                line.write_all(b"221 bye\r\n").unwrap();
                return said;
            } else {
                b"250 yes\r\n"
            };
            line.write_all(answer).unwrap();
        }
        if said.contains("\r\n.\r\n") && !in_mail {
            return said;
        }
    }
}
