//! Brings one table in line with an export.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::{
    external_id::{Known, Remembered, hash, known, remember},
    merge::{Fields, fields_of, merge, record_of},
    record::{Moment, Record, Row},
    report::{Origin, Tally, Vanishing},
    run::Run,
};
use crate::{
    clock::new_id,
    error::{Error, Result},
};

/// From here on it looks like a broken export when more than a tenth leaves at once: one or two leave any school.
const MANY: usize = 3;

/// A record as the export wants it.
pub(in crate::exchange) struct Wanted<R> {
    /// Its ids in the source; more than one where several rows make one record.
    pub(in crate::exchange) keys: Vec<String>,
    pub(in crate::exchange) origin: Origin,
    pub(in crate::exchange) record: R,
}

/// Our records by their ids in the source.
#[derive(Default)]
pub(in crate::exchange) struct Ids {
    wanted: HashMap<String, Uuid>,
    /// The other way round, for records that the export does not want any more as well.
    names: HashMap<Uuid, String>,
}

impl Ids {
    pub(in crate::exchange) fn get(&self, key: &str) -> Option<Uuid> {
        self.wanted.get(key).copied()
    }

    pub(in crate::exchange) fn name(&self, id: Uuid) -> Option<&str> {
        self.names.get(&id).map(String::as_str)
    }
}

/// Creates, changes and revives what is wanted and ends what `leaves` says has left. `adopted` are ids for what
/// is not known yet: of records made here by hand that the export means too, which are linked and what was
/// entered is kept; or ids that records to be made shall have.
pub(in crate::exchange) fn sync<R: Record>(
    wanted: Vec<Wanted<R>>,
    adopted: &HashMap<String, Uuid>,
    leaves: impl Fn(&str, &R) -> bool,
    run: &mut Run,
) -> Result<Ids> {
    sync_said(wanted, adopted, leaves, Said::everything(), run)
}

/// What a source speaks of at all. The other fields of a record are left as they are, but for a new one.
pub(in crate::exchange) struct Said(Option<HashSet<&'static str>>);

impl Said {
    pub(in crate::exchange) fn everything() -> Self {
        Self(None)
    }

    pub(in crate::exchange) fn only(fields: impl IntoIterator<Item = &'static str>) -> Self {
        Self(Some(fields.into_iter().collect()))
    }

    fn keep(&self, mut fields: Fields) -> Fields {
        if let Self(Some(said)) = self {
            fields.retain(|field, _| said.contains(field.as_str()));
        }
        fields
    }
}

/// The same for a source that speaks of some fields only.
pub(in crate::exchange) fn sync_said<R: Record>(
    wanted: Vec<Wanted<R>>,
    adopted: &HashMap<String, Uuid>,
    leaves: impl Fn(&str, &R) -> bool,
    said: Said,
    run: &mut Run,
) -> Result<Ids> {
    let at = run.at;
    sync_ending(wanted, adopted, |key, record| leaves(key, record).then_some(at), said, run)
}

/// The same where `leaves` also says when: on that day they are no longer there.
pub(in crate::exchange) fn sync_ending<R: Record>(
    wanted: Vec<Wanted<R>>,
    adopted: &HashMap<String, Uuid>,
    leaves: impl Fn(&str, &R) -> Option<Moment>,
    said: Said,
    run: &mut Run,
) -> Result<Ids> {
    run.step(R::ENTITY)?;
    let known = known(R::ENTITY, run)?;
    let mut ids: HashSet<Uuid> = known.values().map(|known| known.entity_id).collect();
    ids.extend(adopted.values());
    let here = R::load(&ids.into_iter().collect::<Vec<_>>(), run)?;
    let mut sync = Sync { known, here: here.into_iter().collect(), said, ..Sync::default() };
    sync.note_names();
    for want in wanted {
        sync.take(want, adopted, run)?;
    }
    sync.end(leaves, run)?;
    R::save(&sync.rows, run)?;
    R::save(&sync.new_rows, run)?;
    remember(R::ENTITY, &sync.remembered, run)?;
    run.report.tallies.push((R::ENTITY, sync.tally));
    Ok(sync.ids)
}

struct Sync<R> {
    known: HashMap<String, Known>,
    here: HashMap<Uuid, R>,
    ids: Ids,
    rows: Vec<Row<R>>,
    new_rows: Vec<Row<R>>,
    remembered: Vec<Remembered>,
    tally: Tally,
    said: Said,
}

impl<R> Default for Sync<R> {
    fn default() -> Self {
        Self {
            known: HashMap::new(),
            here: HashMap::new(),
            ids: Ids::default(),
            rows: Vec::new(),
            new_rows: Vec::new(),
            remembered: Vec::new(),
            tally: Tally::default(),
            said: Said::everything(),
        }
    }
}

impl<R: Record> Sync<R> {
    fn note_names(&mut self) {
        let names = self.known.iter().map(|(key, known)| (known.entity_id, key.clone()));
        self.ids.names = names.collect();
    }

    fn take(&mut self, want: Wanted<R>, adopted: &HashMap<String, Uuid>, run: &mut Run) -> Result<()> {
        let known = want.keys.iter().find_map(|key| self.known.get(key));
        let adopted = want.keys.iter().find_map(|key| adopted.get(key));
        let id = known.map(|known| known.entity_id).or(adopted.copied());
        match id.filter(|id| self.here.contains_key(id)) {
            Some(id) => self.meet(want, id, run),
            None => self.create(want, id.unwrap_or_else(new_id), run),
        }
    }

    fn create(&mut self, want: Wanted<R>, id: Uuid, run: &Run) -> Result<()> {
        let Some(key) = want.keys.first() else {
            return Ok(());
        };
        let import_hash = hash(R::ENTITY, key, run);
        let fields = fields_of(&want.record)?;
        self.tally.created += 1;
        for key in want.keys {
            self.ids.names.insert(id, key.clone());
            self.ids.wanted.insert(key.clone(), id);
            self.remembered.extend(Remembered::new(&key, id, (&fields, false), None));
        }
        self.new_rows.push(Row { id, import_hash, record: want.record });
        Ok(())
    }

    /// The record is here already: what the source changed is taken over, what was edited here is kept.
    fn meet(&mut self, mut want: Wanted<R>, id: Uuid, run: &mut Run) -> Result<()> {
        let Some(here) = self.here.get(&id) else {
            return Ok(());
        };
        let known = want.keys.iter().find_map(|key| self.known.get(key));
        want.record.settle(here, known.is_some_and(|known| known.is_gone), run.at);
        let (now, here) = (self.said.keep(fields_of(&want.record)?), fields_of(here)?);
        let last = known.map(|known| known.imported.clone());
        // A record that was never imported was entered here, all of it.
        let last = last.unwrap_or_else(|| here.keys().map(|field| (field.clone(), "".into())).collect());
        let mut imported = known.map(|known| known.imported.clone()).unwrap_or_default();
        imported.extend(now.clone());
        let merged = merge(&last, &here, &now);
        merged.kept.into_iter().for_each(|kept| run.report.keep(want.origin.clone(), id, kept));
        for key in &want.keys {
            self.ids.wanted.insert(key.clone(), id);
            self.remembered.extend(Remembered::new(key, id, (&imported, false), self.known.get(key)));
        }
        if merged.changed {
            self.tally.changed += 1;
            self.rows.push(self.row(&want.keys, id, record_of(merged.fields)?, run));
        } else {
            self.tally.unchanged += 1;
        }
        Ok(())
    }

    fn row(&self, keys: &[String], id: Uuid, record: R, run: &Run) -> Row<R> {
        let import_hash = keys.first().map(|key| hash(R::ENTITY, key, run)).unwrap_or_default();
        Row { id, import_hash, record }
    }

    /// Ends what is known and no longer wanted.
    fn end(&mut self, leaves: impl Fn(&str, &R) -> Option<Moment>, run: &mut Run) -> Result<()> {
        let kept: HashSet<Uuid> = self.ids.wanted.values().copied().collect();
        let running = self.known.values().filter(|known| !known.is_gone).map(|known| known.entity_id);
        let running = running.collect::<HashSet<_>>().len();
        let mut ended = HashSet::new();
        for (key, known) in
            self.known.iter().filter(|(key, known)| !known.is_gone && !self.ids.wanted.contains_key(*key))
        {
            let id = known.entity_id;
            let leaving = self.here.get(&id).and_then(|here| Some((here, leaves(key, here)?)));
            let Some((here, at)) = leaving else { continue };
            let mut last = record_of::<R>(known.imported.clone()).unwrap_or_else(|_| here.clone());
            last.end(at);
            let imported = fields_of(&last)?;
            self.remembered.extend(Remembered::new(key, id, (&imported, true), Some(known)));
            let mut record = here.clone();
            record.end(at);
            if record != *here && !kept.contains(&id) && ended.insert(id) {
                let import_hash = hash(R::ENTITY, key, run);
                self.rows.push(Row { id, import_hash, record });
            }
        }
        self.tally.ended = ended.len();
        if R::GUARDED && ended.len() >= MANY && ended.len() * 10 > running {
            let vanishing = Vanishing { table: R::ENTITY.to_owned(), ended: ended.len(), running };
            if !run.conduct.end_many {
                return Err(too_many(&vanishing));
            }
            run.report.vanishing.push(vanishing);
        }
        Ok(())
    }
}

fn too_many(vanishing: &Vanishing) -> Error {
    Error::Conflict(format!(
        "After this import {} would no longer be there, more than one in ten. Nothing was changed. If the file is right, \
         import it again and allow that many to end.",
        vanishing.in_words()
    ))
}
