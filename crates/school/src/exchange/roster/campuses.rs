//! Orgs of type school are campuses.

use std::collections::HashMap;

use diesel::prelude::*;

use super::{
    super::oneroster::{Bundle, Kind, Org, OrgKind},
    codes::{Codes, plain},
    records::Campus,
    run::Run,
    sync::{Ids, Wanted, sync as sync_records},
};
use crate::error::Result;

/// Characters of a campus's code.
const CODE: usize = 20;

pub(super) fn sync(bundle: &Bundle, run: &mut Run) -> Result<Ids> {
    let mut codes = Codes::new(taken(run)?, CODE);
    let schools = bundle.orgs.iter().filter(|org| org.row.kind == OrgKind::School);
    let wanted = schools.map(|org| Wanted {
        keys: vec![org.sourced_id.clone()],
        origin: (Kind::Orgs.file().into(), org.line),
        record: Campus {
            name: org.row.name.clone(),
            code: codes.free(&code(&org.row)),
            active: true,
            deleted_at: None,
        },
    });
    let wanted = wanted.collect();
    sync_records(wanted, &HashMap::new(), |key, _| bundle.has_left(Kind::Orgs, key), run)
}

/// The school's own number, else the initials of its name.
fn code(org: &Org) -> String {
    let number = plain(org.identifier.as_deref().unwrap_or_default());
    if !number.is_empty() {
        return number;
    }
    let initials = org.name.split_whitespace().filter_map(|word| word.chars().next());
    let initials = plain(&initials.collect::<String>()).to_uppercase();
    if initials.is_empty() { "C".to_owned() } else { initials }
}

fn taken(run: &mut Run) -> Result<Vec<String>> {
    use schema::campuses;
    Ok(campuses::table
        .filter(campuses::organization_id.eq(run.db.organization()))
        .select(campuses::code)
        .load(run.db.conn())?)
}
