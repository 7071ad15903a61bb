//! Courses are subjects.

use std::collections::HashMap;

use diesel::prelude::*;

use super::{
    super::oneroster::{Bundle, Course, Entry, Kind},
    codes::Codes,
    records::Subject,
    run::Run,
    sync::{Ids, Wanted, sync as sync_records},
};
use crate::error::Result;

/// Characters of a subject's code.
const CODE: usize = 60;

pub(super) fn sync(bundle: &Bundle, run: &mut Run) -> Result<Ids> {
    let mut codes = Codes::new(taken(run)?, CODE);
    let wanted = bundle.courses.iter().map(|course| Wanted {
        keys: vec![course.sourced_id.clone()],
        origin: (Kind::Courses.file().into(), course.line),
        record: Subject { name: course.row.title.clone(), code: codes.free(code(course)), deleted_at: None },
    });
    let wanted = wanted.collect();
    sync_records(wanted, &HashMap::new(), |key, _| bundle.has_left(Kind::Courses, key), run)
}

fn code(course: &Entry<Course>) -> &str {
    course.row.code.as_deref().unwrap_or(&course.sourced_id)
}

fn taken(run: &mut Run) -> Result<Vec<String>> {
    use schema::subjects;
    Ok(subjects::table
        .filter(subjects::organization_id.eq(run.db.organization()))
        .select(subjects::code)
        .load(run.db.conn())?)
}
