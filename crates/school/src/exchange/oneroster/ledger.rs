//! What became of every row that was read, and what there is to say about it.

use std::collections::{BTreeSet, HashMap};

use super::{
    kind::Kind,
    rejected::{Problem, Rejected, Remark},
};

/// What became of a `sourcedId`. One that the bundle does not mention has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Taken,
    /// Not taken, at this line: nothing is known about it, so nothing may be ended because of it.
    Rejected(u64),
    /// Marked as deleted by the sender, at this line.
    Gone(u64),
}

#[derive(Debug, Default)]
pub(super) struct Ledger {
    fates: HashMap<Kind, HashMap<String, Fate>>,
    /// Files of which a row could not even be told which it is.
    unread: BTreeSet<Kind>,
    pub(super) rejected: Vec<Rejected>,
    pub(super) remarks: Vec<Remark>,
}

impl Ledger {
    /// From now on the file counts as part of the bundle.
    pub(super) fn open(&mut self, kind: Kind) {
        self.fates.entry(kind).or_default();
    }

    pub(super) fn provides(&self, kind: Kind) -> bool {
        self.fates.contains_key(&kind)
    }

    pub(super) fn was_read_whole(&self, kind: Kind) -> bool {
        self.provides(kind) && !self.unread.contains(&kind)
    }

    pub(super) fn fate(&self, kind: Kind, id: &str) -> Option<Fate> {
        self.fates.get(&kind)?.get(id).copied()
    }

    /// A row that counts weighs more than one that was rejected, and that more than one gone.
    pub(super) fn note(&mut self, kind: Kind, id: &str, fate: Fate) {
        let known = self.fates.entry(kind).or_default();
        let weaker = match known.get(id) {
            None | Some(Fate::Gone(_)) => false,
            Some(Fate::Taken) => true,
            Some(Fate::Rejected(_)) => fate != Fate::Taken,
        };
        if !weaker {
            known.insert(id.to_owned(), fate);
        }
    }

    /// Take back what was noted as taken.
    pub(super) fn withdraw(&mut self, kind: Kind, id: &str, line: u64) {
        self.fates.entry(kind).or_default().insert(id.to_owned(), Fate::Rejected(line));
    }

    pub(super) fn note_unread(&mut self, kind: Kind) {
        self.unread.insert(kind);
    }

    pub(super) fn reject(&mut self, kind: Kind, line: u64, problems: Vec<Problem>) {
        let rows = problems.into_iter().map(|problem| Rejected::new(kind.file(), line, problem));
        self.rejected.extend(rows);
    }

    pub(super) fn remark(&mut self, kind: Kind, line: Option<u64>, text: impl Into<String>) {
        self.remarks.push(Remark { file: kind.file().into(), line, text: text.into() });
    }

    /// Why `id` cannot be referred to; `None` when it can. The reason names the cause.
    pub(super) fn why_not(&self, kind: Kind, id: &str) -> Option<String> {
        let (noun, file) = (kind.noun(), kind.file());
        match self.fate(kind, id) {
            Some(Fate::Taken) => None,
            Some(Fate::Rejected(line)) => {
                Some(format!("The {noun} {id} was rejected ({file}, line {line})."))
            }
            Some(Fate::Gone(line)) => {
                Some(format!("The {noun} {id} is marked as deleted ({file}, line {line})."))
            }
            None => Some(format!("There is no {noun} {id} in {file}.")),
        }
    }
}
