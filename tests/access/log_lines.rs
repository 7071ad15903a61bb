//! The program's log: which page was asked for and how that went, never what opens an account or whom somebody sought.

use std::{
    io::Write,
    process::Command,
    sync::{Arc, Mutex},
};

use actix_web::{App, HttpResponse, get, test};
use belfry::web::log::Pages;
use tracing_actix_web::TracingLogger;
use tracing_subscriber::fmt::format::FmtSpan;

/// A log that a test reads.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, said: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(said)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Lines {
    fn read(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

#[get("/password-reset/{token}")]
async fn reset() -> HttpResponse {
    tracing::info!("somebody chooses a password");
    HttpResponse::Ok().finish()
}

#[get("/sign-in/callback")]
async fn callback() -> HttpResponse {
    HttpResponse::Ok().finish()
}

#[actix_web::test]
async fn a_link_that_came_by_mail_or_from_a_provider_stands_in_no_line_of_the_log_t26() {
    let lines = Lines::default();
    let kept = lines.clone();
    let log = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_span_events(FmtSpan::FULL)
        .with_writer(move || kept.clone())
        .finish();
    let _held = tracing::subscriber::set_default(log);
    let app = App::new().wrap(TracingLogger::<Pages>::new()).service(reset).service(callback);
    let app = test::init_service(app).await;
    let token = "5f2b".repeat(16);

    let from_a_provider = format!("/sign-in/callback?code={token}&state={token}&iss=Abdullahi");
    for address in
        [format!("/password-reset/{token}?q=Abdullahi"), format!("/nowhere/{token}"), from_a_provider]
    {
        let asked = test::TestRequest::get().uri(&address).insert_header(("referer", address.clone()));
        test::call_service(&app, asked.to_request()).await;
    }

    let said = lines.read();
    assert!(
        said.contains("somebody chooses a password") && said.contains("/password-reset/{token}"),
        "{said}"
    );
    assert!(said.contains("status=200") && said.contains("status=404"), "{said}");
    assert!(!said.contains("5f2b") && !said.contains("Abdullahi"), "{said}");
}

#[actix_web::test]
async fn a_line_for_programs_is_one_object_whatever_stands_in_it() {
    let mut belfry = Command::new(env!("CARGO_BIN_EXE_belfry"));
    belfry.env_clear().args([
        "migrate",
        "--log",
        "json",
        "--data",
        "/proc/no\n{\"level\":\"INFO\"}\u{1b}[2J",
    ]);

    let output = belfry.output().unwrap();

    let said = String::from_utf8(output.stderr).unwrap();
    let lines: Vec<serde_json::Value> =
        said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(!output.status.success());
    assert!(!lines.is_empty() && lines.iter().all(|line| line["level"] == "ERROR"), "{said}");
    assert!(lines.iter().all(|line| line["timestamp"].as_str().unwrap().ends_with('Z')), "{said}");
}
