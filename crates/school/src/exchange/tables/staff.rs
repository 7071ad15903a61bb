//! A table of members of staff.

use std::collections::HashSet;

use super::{
    super::{
        oneroster::Rejected,
        roster::{
            records::Staff,
            run::Run,
            sync::{Said, Wanted, sync_said},
        },
    },
    cells::{Cells, Entry, Rows},
    gather::{Keyed, gather},
    ground::{self, Campuses},
    mapping::Mapping,
    student_rows::{NAME, NUMBER},
};
use crate::{
    error::Result,
    words::{StaffStatus, StaffType},
};

/// What other systems call people who work at a school.
const TYPES: [(&str, StaffType); 18] = [
    ("teacher", StaffType::Teacher),
    ("instructor", StaffType::Teacher),
    ("director", StaffType::Director),
    ("principal", StaffType::Director),
    ("head", StaffType::Director),
    ("counselor", StaffType::Counselor),
    ("counsellor", StaffType::Counselor),
    ("finance", StaffType::Finance),
    ("bursar", StaffType::Finance),
    ("administrator", StaffType::Administrator),
    ("admin", StaffType::Administrator),
    ("registrar", StaffType::Administrator),
    ("paraeducator", StaffType::Paraeducator),
    ("aide", StaffType::Paraeducator),
    ("assistant", StaffType::Paraeducator),
    ("support", StaffType::Support),
    ("office", StaffType::Support),
    ("secretary", StaffType::Support),
];

#[derive(Clone, Debug, PartialEq)]
struct StaffRow {
    number: String,
    first_name: String,
    last_name: String,
    email: Option<String>,
    phone: Option<String>,
    staff_type: Option<StaffType>,
    campus: Option<String>,
}

impl Keyed for StaffRow {
    fn key(&self) -> String {
        self.number.clone()
    }

    fn shown(&self) -> (&'static str, &str) {
        ("number", &self.number)
    }

    fn key_in(cells: &Cells) -> Option<String> {
        Some(cells.raw("number").trim().to_owned()).filter(|number| !number.is_empty())
    }
}

impl StaffRow {
    fn read(mut cells: Cells) -> Result<Entry<Self>, Vec<Rejected>> {
        let read = Self {
            number: cells.needed("number", NUMBER),
            first_name: cells.needed("first_name", NAME),
            last_name: cells.needed("last_name", NAME),
            email: cells.email("email"),
            phone: cells.text("phone", NUMBER),
            staff_type: cells.word("staff_type", &TYPES),
            campus: cells.text("campus", 200),
        };
        cells.done(read)
    }
}

/// Brings the table in. Whoever is said to be nothing in particular teaches.
pub(super) fn bring(rows: &Rows, mapping: &Mapping, run: &mut Run) -> Result<()> {
    let mut found = gather(rows, StaffRow::read);
    let campuses = Campuses::all(run)?;
    let mut listed = HashSet::new();
    found.turn_away(|entry| match campuses.of(entry.row.campus.as_deref(), mapping.campus) {
        Ok(campus) => {
            listed.insert(campus);
            None
        }
        Err(reason) => {
            let named = entry.row.campus.as_deref().unwrap_or_default();
            Some(rows.rejected(entry.line, ("campus", named), reason))
        }
    });
    run.report.rejected.append(&mut found.rejected);
    let here = ground::staff(run)?;
    let wanted = found.entries.iter().map(|(key, entry)| Wanted {
        keys: vec![key.clone()],
        origin: rows.origin(entry.line),
        record: member(&entry.row, campuses.of(entry.row.campus.as_deref(), mapping.campus).ok().flatten()),
    });
    let wanted = wanted.collect();
    let mut said = vec!["employee_number", "first_name", "last_name", "status", "deleted_at"];
    said.extend(["email", "phone", "staff_type"].into_iter().filter(|field| rows.has(field)));
    if rows.has("campus") || mapping.campus.is_some() {
        said.push("campus_id");
    }
    let leaves = |key: &str, member: &Staff| {
        mapping.is_whole && listed.contains(&member.campus_id) && found.lacks(key)
    };
    sync_said(wanted, &here, leaves, Said::only(said), run)?;
    Ok(())
}

fn member(row: &StaffRow, campus_id: Option<uuid::Uuid>) -> Staff {
    Staff {
        campus_id,
        employee_number: row.number.clone(),
        first_name: row.first_name.clone(),
        last_name: row.last_name.clone(),
        email: row.email.clone(),
        phone: row.phone.clone(),
        staff_type: row.staff_type.unwrap_or(StaffType::Teacher),
        status: StaffStatus::Active,
        deleted_at: None,
    }
}
