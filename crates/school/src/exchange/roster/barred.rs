//! Contacts of an import who are called like somebody barred: they are taken, the bar holds for them, and it is said.

use std::collections::HashMap;

use uuid::Uuid;

use super::{super::oneroster::Remark, report::Origin, run::Run};
use crate::{error::Result, people::restriction::Restriction};

/// A student, a contact of theirs, and where that is said.
pub(in crate::exchange) type Tie = (Uuid, Uuid, Origin);

/// Says of whom it is so. Nobody is named: what an import noted stays when a person is erased.
pub(in crate::exchange) fn remark(ties: Vec<Tie>, run: &mut Run) -> Result<()> {
    let mut students: Vec<Uuid> = ties.iter().map(|(student, ..)| *student).collect();
    students.sort_unstable();
    students.dedup();
    let bars = Restriction::of_students(&students, run.db)?;
    let mut by_name: HashMap<(Uuid, Option<Uuid>), &Restriction> = HashMap::new();
    for bar in bars.iter().filter(|bar| bar.is_by_name()) {
        by_name.entry((bar.student_id, bar.contact_id)).or_insert(bar);
    }
    for (student, contact, (file, line)) in ties {
        if let Some(bar) = by_name.get(&(student, Some(contact))) {
            let text = format!(
                "This name is barred for this student: {}. What is barred holds for this contact too.",
                bar.barred().to_lowercase()
            );
            run.report.remarks.push(Remark { file, line: Some(line), text });
        }
    }
    Ok(())
}
