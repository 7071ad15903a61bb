//! Grades are the school's own list: what a roster writes is found in it by its code, and added where missing.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;
use schema::grades;
use uuid::Uuid;

use super::{
    super::oneroster::{Bundle, Grade},
    report::Tally,
    run::Run,
};
use crate::{clock::new_id, error::Result};

/// Our grades by their codes.
pub(in crate::exchange) type Grades = HashMap<String, Uuid>;

pub(super) fn meet(bundle: &Bundle, run: &mut Run) -> Result<Grades> {
    meet_written(&written(bundle), run)
}

/// Our grades, those that are written and not ours yet among them.
pub(in crate::exchange) fn meet_written(written: &BTreeMap<&str, &Grade>, run: &mut Run) -> Result<Grades> {
    run.step("grades")?;
    let organization = run.db.organization();
    let here: Vec<(String, Uuid)> = grades::table
        .filter(grades::organization_id.eq(organization))
        .filter(grades::deleted_at.is_null())
        .select((grades::code, grades::id))
        .load(run.db.conn())?;
    let mut ids: Grades = here.into_iter().collect();
    let missing: Vec<_> = written.values().filter(|grade| !ids.contains_key(&grade.code)).collect();
    let rows: Vec<_> = missing.iter().map(|grade| (new_id(), **grade)).collect();
    ids.extend(rows.iter().map(|(id, grade)| (grade.code.clone(), *id)));
    let values: Vec<_> = rows
        .iter()
        .map(|(id, grade)| {
            (
                grades::organization_id.eq(organization),
                grades::id.eq(*id),
                grades::code.eq(&grade.code),
                grades::name.eq(&grade.name),
                grades::sort_order.eq(grade.sort_order),
            )
        })
        .collect();
    diesel::insert_into(grades::table).values(values).execute(run.db.conn())?;
    run.report.tallies.push(("grades", Tally { created: rows.len(), ..Tally::default() }));
    Ok(ids)
}

fn written(bundle: &Bundle) -> BTreeMap<&str, &Grade> {
    let users = bundle.users.iter().flat_map(|user| &user.row.grades);
    let classes = bundle.classes.iter().flat_map(|class| &class.row.grades);
    users.chain(classes).map(|grade| (grade.code.as_str(), grade)).collect()
}
