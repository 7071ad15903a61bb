//! Uploads that no browser would send so: without a length, with a wrong one, cut off, doubled.

use std::{
    io::{Read as _, Write as _},
    net::{Shutdown, TcpStream},
    time::Duration,
};

use super::uploads::upload;
use crate::support::{
    Administrator, Person, School,
    export::Export,
    upload::{BOUNDARY, parts},
};

/// The bytes of a form with an export, up to its end.
fn form(fields: &[(&str, &str)], files: usize) -> Vec<u8> {
    let mut body = parts(fields);
    for _ in 0..files {
        body.extend(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"roster.zip\"\r\n\r\n").bytes());
        body.extend(Export::of_a_small_school().bytes());
        body.extend(b"\r\n");
    }
    body
}

fn ended(mut body: Vec<u8>) -> Vec<u8> {
    body.extend(format!("--{BOUNDARY}--\r\n").bytes());
    body
}

/// In pieces, each with its own length.
fn chunked(body: &[u8]) -> Vec<u8> {
    let mut sent = Vec::new();
    for piece in body.chunks(777) {
        sent.extend(format!("{:x}\r\n", piece.len()).bytes());
        sent.extend(piece);
        sent.extend(b"\r\n");
    }
    sent.extend(b"0\r\n\r\n");
    sent
}

/// Sends bytes as they are, hangs up, and reads the status of the answer, if there is one.
async fn sent(person: &Person, header: &str, body: &[u8]) -> Option<u16> {
    let address = person.address.trim_start_matches("http://").to_owned();
    let cookie = person.cookie.clone().unwrap();
    let head = format!(
        "POST /imports HTTP/1.1\r\nHost: {address}\r\nCookie: {cookie}\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\n\
         Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n{header}\r\n\r\n"
    );
    let bytes = [head.as_bytes(), body].concat();
    let answer = actix_web::rt::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream.write_all(&bytes).unwrap();
        stream.shutdown(Shutdown::Write).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    });
    answer.await.unwrap().split(' ').nth(1).and_then(|status| status.parse().ok())
}

const KIND: &[(&str, &str)] = &[("kind", "oneroster")];

#[actix_web::test]
async fn an_upload_without_a_length_is_taken_t50() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;

    let status = sent(&administrator, "Transfer-Encoding: chunked", &chunked(&ended(form(KIND, 1)))).await;

    assert_eq!(status, Some(303));
    school.works();
    assert_eq!(school.text("select status from import_runs"), "rehearsed");
}

#[actix_web::test]
async fn an_upload_that_breaks_off_or_lies_about_its_length_leaves_nothing_t50() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let whole = ended(form(KIND, 1));
    let length = |bytes: usize| format!("Content-Length: {bytes}");

    for (header, body) in [
        (length(whole.len()), &whole[..whole.len() / 2]),
        (length(whole.len() + 1000), &whole[..whole.len() - 8]),
        (length(whole.len() / 2), &whole[..]),
        (length(0), &[]),
        ("Transfer-Encoding: chunked".into(), &whole[..]),
    ] {
        let status = sent(&administrator, &header, body).await;
        assert!(status.is_none_or(|status| (400..500).contains(&status)), "{header}: {status:?}");
    }
    let far_too_much = sent(&administrator, &length(1 << 40), &whole[..100]).await;
    assert_eq!(far_too_much, Some(413));

    assert_eq!((school.count("import_runs"), school.count("import_files")), (0, 0));
    upload(&administrator, "roster.zip", &Export::of_a_small_school().bytes()).await.has_status(303);
}

#[actix_web::test]
async fn a_form_with_two_files_or_a_field_twice_or_far_too_many_is_not_read() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let names: Vec<_> = (0..60).map(|number| format!("field{number}")).collect();
    let many: Vec<_> = names.iter().map(|name| (&**name, "x")).collect();
    let long = "x".repeat(5000);

    for (body, expected) in [
        (form(KIND, 2), 400),
        (form(&[KIND, KIND].concat(), 1), 400),
        (form(&many, 1), 400),
        (form(&[("kind", &*long)], 1), 413),
    ] {
        let body = ended(body);
        let status = sent(&administrator, &format!("Content-Length: {}", body.len()), &body).await;
        assert_eq!(status, Some(expected));
    }
    assert_eq!(school.count("import_runs"), 0);
}
