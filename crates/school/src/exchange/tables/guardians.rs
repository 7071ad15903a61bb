//! Which contacts of a table belong to which students, in which order and with which rights.

use std::collections::{BTreeMap, HashMap, HashSet};

use diesel::prelude::*;
use uuid::Uuid;

use super::{
    super::{
        oneroster::Remark,
        roster::{
            barred,
            external_id::{joined, known},
            record::Stored as _,
            records::{Contact, Guardianship},
            run::Run,
            sync::{Ids, Said, Wanted, sync_said},
        },
    },
    cells::{Entry, Rows},
    contacts::{ContactRow, FLAGS, POSITIONS},
};
use crate::{error::Result, words::Relationship};

/// The links of a table.
pub(super) struct Links<'t> {
    pub(super) rows: &'t Rows<'t>,
    /// Student and row, in the order of the rows' keys.
    pub(super) linked: Vec<(Uuid, &'t Entry<ContactRow>)>,
    pub(super) is_whole: bool,
}

/// Ties contacts to students. Contacts of tables sent before count as well.
pub(super) fn sync(links: &Links, contacts: &Ids, run: &mut Run) -> Result<()> {
    let before: HashMap<String, Uuid> =
        known(Contact::ENTITY, run)?.into_iter().map(|(key, known)| (key, known.entity_id)).collect();
    let mut wanted = Vec::new();
    let mut pairs = HashMap::new();
    let mut places: BTreeMap<Uuid, i16> = BTreeMap::new();
    for (student_id, entry) in &links.linked {
        let contact = entry.row.contact();
        let Some(contact_id) = contacts.get(&contact).or(before.get(&contact).copied()) else { continue };
        let place = places.entry(*student_id).or_default();
        *place = (*place + 1).min(POSITIONS);
        let record = guardianship(entry, *student_id, contact_id, *place);
        let key = joined(&[entry.row.student.as_deref().unwrap_or_default(), &contact]);
        pairs.insert((*student_id, contact_id), key.clone());
        wanted.push(Wanted { keys: vec![key], origin: links.rows.origin(entry.line), record });
    }
    let here = Here::of(wanted.iter().map(|link| link.record.student_id).collect(), run)?;
    here.make_way(&mut wanted, links.rows, run)?;
    let adopted = here.adopted(&pairs);
    let students: HashSet<Uuid> = wanted.iter().map(|link| link.record.student_id).collect();
    let leaves = |_: &str, link: &Guardianship| links.is_whole && students.contains(&link.student_id);
    let ties =
        wanted.iter().map(|tie| (tie.record.student_id, tie.record.contact_id, tie.origin.clone())).collect();
    sync_said(wanted, &adopted, leaves, said(links.rows), run)?;
    barred::remark(ties, run)
}

fn said(rows: &Rows) -> Said {
    let mapped = ["relationship", "position"].into_iter().chain(FLAGS).filter(|field| rows.has(field));
    Said::only(["student_id", "contact_id", "deleted_at"].into_iter().chain(mapped))
}

fn guardianship(entry: &Entry<ContactRow>, student_id: Uuid, contact_id: Uuid, place: i16) -> Guardianship {
    let row = &entry.row;
    let [primary_contact, lives_with, has_custody, may_collect, may_see_records, receives_mail, emergency] =
        row.flags.map(Option::unwrap_or_default);
    Guardianship {
        student_id,
        contact_id,
        relationship: row.relationship.unwrap_or(Relationship::Guardian),
        position: row.position.unwrap_or(place),
        primary_contact,
        lives_with,
        has_custody,
        may_collect,
        may_see_records,
        receives_mail,
        emergency,
        deleted_at: None,
    }
}

/// The links that the students have: student, contact, id, whether it is the primary one.
struct Here(Vec<(Uuid, Uuid, Uuid, bool)>);

impl Here {
    fn of(students: Vec<Uuid>, run: &mut Run) -> Result<Self> {
        use schema::guardians;
        Ok(Self(
            guardians::table
                .filter(guardians::organization_id.eq(run.db.organization()))
                .filter(guardians::deleted_at.is_null())
                .filter(guardians::student_id.eq_any(students))
                .select((
                    guardians::student_id,
                    guardians::contact_id,
                    guardians::id,
                    guardians::primary_contact,
                ))
                .load(run.db.conn())?,
        ))
    }

    fn adopted(&self, pairs: &HashMap<(Uuid, Uuid), String>) -> HashMap<String, Uuid> {
        let here = self.0.iter();
        here.filter_map(|(student, contact, id, _)| Some((pairs.get(&(*student, *contact))?.clone(), *id)))
            .collect()
    }

    /// A student has one primary contact. Of two in the table the first by number is it; somebody who was made so here
    /// stays so; whoever the table made so before, and does not any more, makes way beforehand.
    fn make_way(&self, wanted: &mut [Wanted<Guardianship>], rows: &Rows, run: &mut Run) -> Result<()> {
        let ours = known(Guardianship::ENTITY, run)?;
        let by_table: HashSet<Uuid> = ours
            .values()
            .filter(|known| known.imported.get("primary_contact").is_some_and(|said| said == true))
            .map(|known| known.entity_id)
            .collect();
        let primary = self.0.iter().filter(|(.., is_primary)| *is_primary);
        let primary: HashMap<Uuid, (Uuid, Uuid)> =
            primary.map(|(student, contact, id, _)| (*student, (*contact, *id))).collect();
        let mut chosen: HashMap<Uuid, Uuid> = HashMap::new();
        let mut made_way = Vec::new();
        for link in wanted.iter_mut().filter(|link| link.record.primary_contact) {
            let (student, contact) = (link.record.student_id, link.record.contact_id);
            let other = primary.get(&student).filter(|(holder, _)| *holder != contact);
            let stays = other.is_some_and(|(_, id)| !by_table.contains(id) || !rows.has("primary_contact"));
            if stays || *chosen.entry(student).or_insert(contact) != contact {
                link.record.primary_contact = false;
                let text = "Another contact is the student’s primary one; this one was taken without.";
                let (file, line) = link.origin.clone();
                run.report.remarks.push(Remark { file, line: Some(line), text: text.into() });
            } else {
                made_way.extend(other.map(|(_, id)| *id));
            }
        }
        use schema::guardians;
        diesel::update(guardians::table)
            .filter(guardians::organization_id.eq(run.db.organization()))
            .filter(guardians::id.eq_any(made_way))
            .set(guardians::primary_contact.eq(false))
            .execute(run.db.conn())?;
        Ok(())
    }
}
