//! Mail that cannot be sent just now.

use std::{
    future::ready,
    io::Read,
    net::TcpListener,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::Duration,
};

use belfry::{
    config::Serving,
    mail::{Outbox, PostOffice, send_one},
};
use chrono::TimeDelta;
use school::{db::Database, lobby::Lobby};

use crate::support::{
    Administrator, Person, School, Teacher, database,
    post::{BASE, Received, read},
    school::{morning, unique},
    served::{Served, eventually},
};

/// Somebody asks for a link to a new password.
async fn forgets(school: &School, email: &str) {
    let asked = school.outsider().post("/password-reset", [("email", email)]).await;
    asked.redirects_to("/password-reset/sent");
}

/// A server takes the mail that waits and answers so: what it heard.
fn is_tried(school: &School, answer: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let heard = std::thread::spawn(move || hear_and_say(&listener, answer));
    let office = school.post_office(Outbox::server(&format!("smtp://{address}")).unwrap());
    assert!(send_one(&office).unwrap(), "there was no mail");
    heard.join().unwrap()
}

/// The mail in what a server heard.
fn letter(said: &str) -> Received {
    let mail = said.split("DATA\r\n").nth(1).unwrap();
    read(mail.split("\r\n.\r\n").next().unwrap().as_bytes())
}

#[actix_web::test]
async fn a_dead_mail_server_keeps_no_page_waiting_and_the_mail_comes_later_t93() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let deaf = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = deaf.local_addr().unwrap();
    drop(deaf);
    let office = school.post_office(Outbox::server(&format!("smtp://{address}")).unwrap());

    forgets(&school, &email).await;

    assert!(send_one(&office).unwrap(), "there was a mail");
    assert!(!send_one(&office).unwrap(), "it waits now");
    assert!(school.post_comes().is_empty(), "nobody else sends it meanwhile");
    school.clock.set(school.clock.now() + TimeDelta::seconds(31));
    assert_eq!(school.post_comes().len(), 1);
    assert!(school.post_comes().is_empty(), "it comes once");
}

#[actix_web::test]
async fn a_mail_that_cannot_be_written_waits_and_holds_up_none_behind_it() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let database = Database::new(&database::place().addresses, 1, school.clock.clone());
    let keyless = Lobby::of(&database, Serving::usual());
    forgets(&school, &email).await;
    let office = PostOffice { lobby: keyless, ..school.post_office(Outbox::Folder(std::env::temp_dir())) };

    assert!(send_one(&office).unwrap(), "there was a mail");

    assert!(!send_one(&office).unwrap(), "it waits now");
    assert!(school.post_comes().is_empty(), "it is put off");
    school.clock.set(school.clock.now() + TimeDelta::seconds(31));
    assert_eq!(school.post_comes().len(), 1);
}

/// Waits for the next file of mail in a folder.
async fn comes_to(folder: &Path) -> Received {
    let first = || Some(std::fs::read_dir(folder).ok()?.next()?.ok()?.path());
    let is_whole = |file: PathBuf| std::fs::read(file).is_ok_and(|mail| mail.ends_with(b"--\r\n"));
    eventually("a mail comes", || ready(first().is_some_and(is_whole))).await;
    let file = first().unwrap();
    let received = read(&std::fs::read(&file).unwrap());
    std::fs::remove_file(file).unwrap();
    received
}

/// The link in a mail, below the address of its server.
fn link(mail: &Received, base: &str) -> String {
    let found = mail.text.lines().find_map(|line| line.strip_prefix(base));
    found.unwrap_or_else(|| panic!("no link: {}", mail.text)).trim().to_owned()
}

#[actix_web::test]
async fn belfry_as_people_run_it_sends_links_that_open() {
    let (served, administrator) = Served::open().await;
    let (folder, base) = (served.mail(), format!("http://{}", served.address));
    let stranger = Person::outside(&base);

    let asked = stranger.post("/password-reset", [("email", "ada@hill.example")]).await;

    asked.redirects_to("/password-reset/sent");
    let reset = comes_to(&folder).await;
    assert_eq!(reset.to, "ada@hill.example");
    stranger.get(&link(&reset, &base)).await.is_ok().shows("name=\"password\"");
    let role = served.asked("select id from roles where name = 'Teacher' and organization_id is null");
    let form =
        [("first_name", "Gita"), ("last_name", "Raman"), ("email", "gita@hill.example"), ("role_id", &*role)];
    administrator.post("/users", form).await.has_status(303);
    let invitation = comes_to(&folder).await;
    assert_eq!(invitation.to, "gita@hill.example");
    stranger.get(&link(&invitation, &base)).await.is_ok().shows("name=\"password\"");
}

#[actix_web::test]
async fn whoever_forgot_their_password_waits_for_no_invitations() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let (email, role) = (school.employ(Teacher), school.role("Teacher"));
    for _ in 0..3 {
        let invited = format!("{}@belfry.example", unique("gita"));
        let form =
            [("first_name", "Gita"), ("last_name", "Raman"), ("email", &*invited), ("role_id", &*role)];
        administrator.post("/users", form).await.has_status(303);
    }
    school.clock.set(school.clock.now() + TimeDelta::seconds(1));
    forgets(&school, &email).await;

    assert!(letter(&is_tried(&school, b"")).to.contains(&email));
}

#[actix_web::test]
async fn a_mail_waits_longer_after_each_attempt_and_is_given_up_after_thirty_t93() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let deaf = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = deaf.local_addr().unwrap();
    drop(deaf);
    let office = school.post_office(Outbox::server(&format!("smtp://{address}")).unwrap());
    let later = |seconds| school.clock.set(school.clock.now() + TimeDelta::seconds(seconds));
    forgets(&school, &email).await;

    for attempt in 1..=30 {
        assert!(send_one(&office).unwrap(), "there is no attempt {attempt}");
        let wait = [30, 120, 600].get(attempt - 1).copied().unwrap_or(3600);
        later(wait - 1);
        assert!(!send_one(&office).unwrap(), "it is tried too soon after attempt {attempt}");
        later(1);
    }

    let kept = format!(
        "select concat_ws(' ', status, attempts, last_error is not null) as line from outgoing_mail where organization_id = '{}'",
        school.organization
    );
    assert_eq!(database::lines(&mut database::lobby(), &kept), ["failed 30 t"]);
    later(86_400);
    assert!(school.post_comes().is_empty(), "it comes after it was given up");
}

#[actix_web::test]
async fn a_mail_server_hears_one_mail_for_its_reader_t93() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let heard = std::thread::spawn(move || hear(&listener));
    forgets(&school, &email).await;

    let office = school.post_office(Outbox::server(&format!("smtp://{address}")).unwrap());
    assert!(send_one(&office).unwrap());
    assert!(!send_one(&office).unwrap());

    let said = heard.join().unwrap();
    assert!(said.contains(&format!("RCPT TO:<{email}>")), "{said}");
    assert!(said.contains("Message-ID: <") && said.contains("multipart/alternative"), "{said}");
}

#[actix_web::test]
async fn a_mail_whose_answer_was_lost_is_sent_again_as_the_same_mail_with_the_same_link_t93() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let mut taken = Vec::new();
    forgets(&school, &email).await;

    for answer in [&b""[..], b"250 kept\r\n"] {
        taken.push(is_tried(&school, answer));
        school.clock.set(school.clock.now() + TimeDelta::seconds(31));
    }

    let (first, second) = (letter(&taken[0]), letter(&taken[1]));
    assert_eq!(first.path(), second.path());
    let id = |said: &str| said.lines().find(|line| line.starts_with("Message-ID")).unwrap().to_owned();
    assert_eq!(id(&taken[0]), id(&taken[1]));
    school.outsider().get(&first.path()).await.is_ok().shows(&email);
}

#[actix_web::test]
async fn a_link_that_was_used_meanwhile_is_not_sent_again() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    forgets(&school, &email).await;
    let link = letter(&is_tried(&school, b"")).path();
    school.outsider().post(&link, [("password", "quiet otters fold maps")]).await.has_status(303);

    school.clock.set(school.clock.now() + TimeDelta::seconds(31));
    let came: Vec<String> = school.post_comes().into_iter().map(|mail| mail.subject).collect();

    assert_eq!(came, ["Your password at Harbourside Schools was changed"]);
}

#[actix_web::test]
async fn a_mail_that_waits_while_the_address_is_mended_is_not_sent_and_the_next_one_is_t25() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    forgets(&school, &email).await;
    let before = letter(&is_tried(&school, b"")).path();
    let mended = unique("mended@belfry.example");
    let moved = format!(
        "update users set email = '{mended}', email_canonical = '{mended}' where organization_id = $1 and email = $2"
    );
    school.run(&moved, &email);

    school.clock.set(school.clock.now() + TimeDelta::seconds(31));
    assert!(school.post_comes().is_empty(), "what was asked for at the old address is sent to the new one");
    forgets(&school, &mended).await;
    let came = school.post_comes().remove(0);

    assert_eq!(came.to, mended);
    school.outsider().get(&came.path()).await.is_ok().shows(&mended);
    school.outsider().get(&before).await.has_status(410);
}

#[actix_web::test]
async fn two_who_carry_the_post_never_carry_the_same_mail_nor_wait_for_each_other_t93() {
    let school = School::open().await;
    let mut held = database::lobby();
    for email in [school.employ(Teacher), school.employ(Teacher)] {
        forgets(&school, &email).await;
    }
    let folder = tempfile::tempdir().unwrap();
    let office = school.post_office(Outbox::Folder(folder.path().to_owned()));
    let first = format!(
        "begin; select id from outgoing_mail where organization_id = '{}' order by send_after, id limit 1 for update",
        school.organization
    );

    database::run(&mut held, &first);
    assert!(send_one(&office).unwrap(), "the second goes while somebody has the first in hand");
    assert!(!send_one(&office).unwrap());
    database::run(&mut held, "commit");
    let sent: Vec<bool> = std::thread::scope(|scope| {
        let postmen: Vec<_> = (0..4).map(|_| scope.spawn(|| send_one(&office).unwrap())).collect();
        postmen.into_iter().map(|postman| postman.join().unwrap()).collect()
    });

    assert_eq!(sent.iter().filter(|sent| **sent).count(), 1, "{sent:?}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[actix_web::test]
async fn a_mail_server_that_never_answers_holds_up_no_page_t93() {
    let school = School::open().await;
    let [slow, quick] = [0; 2].map(|_| school.employ(Teacher));
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = silent.local_addr().unwrap();
    let office = school.post_office(Outbox::server(&format!("smtp://{address}")).unwrap());
    forgets(&school, &slow).await;

    let postman = std::thread::spawn(move || send_one(&office).unwrap());
    let (line, _) = silent.accept().unwrap();
    forgets(&school, &quick).await;
    let others = school.post_comes();
    assert!(!postman.is_finished(), "the server has answered after all");
    drop(line);

    assert_eq!(others.iter().map(|mail| &*mail.to).collect::<Vec<_>>(), [&*quick]);
    assert!(postman.join().unwrap());
}

#[actix_web::test]
async fn the_demonstrations_mail_is_there_to_read_with_its_link() {
    let folder = tempfile::tempdir().unwrap();
    let there = folder.path().to_owned();
    let school = School::open_with(morning(), move |parts| parts.mailbox = Some(there)).await;
    let email = school.employ(Teacher);
    forgets(&school, &email).await;
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
    hear_and_say(listener, b"250 kept\r\n")
}

/// The same with another answer to the mail itself; with none, it is gone.
fn hear_and_say(listener: &TcpListener, kept: &[u8]) -> String {
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
                kept
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

/// What the program's log says meanwhile.
fn log_of(work: impl FnOnce()) -> String {
    let lines: Arc<Mutex<Vec<u8>>> = Arc::default();
    let kept = Arc::clone(&lines);
    let log = tracing_subscriber::fmt().with_writer(move || Lines(Arc::clone(&kept))).finish();
    tracing::subscriber::with_default(log, work);
    let lines = lines.lock().unwrap();
    String::from_utf8_lossy(&lines).into_owned()
}

struct Lines(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[actix_web::test]
async fn the_programs_log_says_how_a_mail_server_refused_a_mail_and_not_whose_it_was() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    forgets(&school, &email).await;

    let log = log_of(|| {
        is_tried(&school, b"550 <rosa@school.example> is nobody here\r\n");
    });

    assert!(log.contains("a mail could not be sent: the mail server answered 550"), "{log}");
    assert!(!log.contains("rosa@") && !log.contains(&email), "{log}");
    let kept = format!(
        "select id::text || ' ' || last_error as line from outgoing_mail where organization_id = '{}'",
        school.organization
    );
    let kept = database::lines(&mut database::lobby(), &kept).remove(0);
    assert!(kept.contains("rosa@school.example"), "{kept}");
    assert!(log.contains(kept.split(' ').next().unwrap()), "{log}");
}
