//! Academic sessions other than school years are terms.

use std::collections::HashMap;

use uuid::Uuid;

use super::{
    super::oneroster::{AcademicSession, Bundle, Entry, Kind, SessionKind},
    external_id::known,
    record::Stored,
    records::Term,
    run::Run,
    sync::{Wanted, sync as sync_records},
    years::Years,
};
use crate::{clock::new_id, error::Result, words::TermKind};

pub(super) fn sync(bundle: &Bundle, years: &Years, run: &mut Run) -> Result<()> {
    let sessions = bundle.academic_sessions.iter();
    let terms: Vec<_> = sessions.filter(|session| session.row.kind != SessionKind::SchoolYear).collect();
    // Ids beforehand: a term may stand within another that is new as well.
    let known = known(Term::ENTITY, run)?;
    let ids: HashMap<String, Uuid> = terms
        .iter()
        .map(|term| {
            let id = known.get(&term.sourced_id).map_or_else(new_id, |known| known.entity_id);
            (term.sourced_id.clone(), id)
        })
        .collect();
    let wanted = terms.iter().filter_map(|session| term(session, years, &ids)).collect();
    let leaves = |key: &str, _: &Term| bundle.has_left(Kind::AcademicSessions, key);
    sync_records(wanted, &ids, leaves, run)?;
    Ok(())
}

fn term(
    session: &Entry<AcademicSession>,
    years: &Years,
    ids: &HashMap<String, Uuid>,
) -> Option<Wanted<Term>> {
    let row = &session.row;
    Some(Wanted {
        keys: vec![session.sourced_id.clone()],
        origin: (Kind::AcademicSessions.file().into(), session.line),
        record: Term {
            academic_year_id: years.sessions.get(&session.sourced_id)?.year_id,
            parent_id: row.parent.as_ref().and_then(|parent| ids.get(parent)).copied(),
            name: row.title.clone(),
            kind: match row.kind {
                SessionKind::Semester => TermKind::Semester,
                SessionKind::GradingPeriod => TermKind::Quarter,
                SessionKind::Term | SessionKind::SchoolYear => TermKind::Term,
            },
            start_date: row.starts_on,
            end_date: row.ends_on,
            deleted_at: None,
        },
    })
}
