//! Forms with a file, as a browser sends them, and imports that have come half their way.

use std::{fs, sync::OnceLock};

use reqwest::{Method, RequestBuilder};
use school::Uuid;

use super::{answer::Answer, export::Export, person::Person, school::School};

/// Between the parts of a form.
pub(crate) const BOUNDARY: &str = "----belfry-boundary-7f3";

impl Person {
    /// Sends a form with a file: the field, the file's name and its bytes.
    pub(crate) async fn uploads(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        (field, name, content): (&str, &str, &[u8]),
    ) -> Answer {
        let mut body = parts(fields);
        let name = name.replace('"', "%22");
        body.extend(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n").bytes());
        body.extend(content);
        body.extend(format!("\r\n--{BOUNDARY}--\r\n").bytes());
        Answer::of(self.multipart(path).body(body)).await
    }

    /// A request of a form with a file, without its body.
    pub(crate) fn multipart(&self, path: &str) -> RequestBuilder {
        self.request(Method::POST, path)
            .header("sec-fetch-site", "same-origin")
            .header("content-type", format!("multipart/form-data; boundary={BOUNDARY}"))
    }
}

/// The fields of such a form, without its end.
pub(crate) fn parts(fields: &[(&str, &str)]) -> Vec<u8> {
    let part = |(name, value): &(&str, &str)| {
        format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    fields.iter().map(part).collect::<String>().into_bytes()
}

impl School {
    /// An import that was rehearsed: one row of it is not taken.
    pub(crate) fn rehearsed_import(&self) -> String {
        static ZIP: OnceLock<String> = OnceLock::new();
        let zip = ZIP.get_or_init(|| {
            let bytes = fs::read(Export::of_a_small_school().zip()).unwrap();
            bytes.iter().map(|byte| format!("{byte:02x}")).collect()
        });
        let id = Uuid::new_v4().to_string();
        let run = "insert into import_runs (organization_id, id, kind, file_name, status, started_at, rejected, findings)
             values ($1, $2::uuid, 'oneroster', 'roster.zip', 'rehearsed', '2026-11-23 08:00Z', 1,
               '{\"tallies\": [[\"students\", {\"created\": 1, \"changed\": 0, \"ended\": 0, \"unchanged\": 1}]], \"vanishing\": [], \"remarks\": [], \"more_remarks\": 0}')";
        self.run(run, &id);
        let file = format!(
            "insert into import_files (organization_id, id, import_run_id, name, size, sha256, content)
             values ($1, gen_random_uuid(), $2::uuid, 'roster.zip', 1, sha256('x'), '\\x{zip}')"
        );
        self.run(&file, &id);
        let row = "insert into import_rows (organization_id, id, import_run_id, file, line, field, reason)
             values ($1, gen_random_uuid(), $2::uuid, 'users.csv', 5, 'familyName', 'A value is required here.')";
        self.run(row, &id);
        id
    }

    /// A table of two students whose columns nobody has matched yet.
    pub(crate) fn waiting_table(&self) -> String {
        let id = Uuid::new_v4().to_string();
        let run = "insert into import_runs (organization_id, id, kind, file_name, status, started_at)
             values ($1, $2::uuid, 'students', 'pupils.csv', 'uploaded', '2026-11-23 08:00Z')";
        self.run(run, &id);
        let file = "insert into import_files (organization_id, id, import_run_id, name, size, sha256, content)
             values ($1, gen_random_uuid(), $2::uuid, 'pupils.csv', 1, sha256('x'),
               convert_to(e'student_id,first_name,last_name,birthdate\n101,Sofia,Kovalevskaya,2015-12-22\n102,Paul,Aguiar,2016-03-26\n', 'UTF8'))";
        self.run(file, &id);
        id
    }
}
