//! A table sent from the command line: read, matched, checked and brought in at once.

use super::{
    super::{
        import_run::{ImportKind, ImportRun},
        roster::{Conduct, Nobody, Report, Wishes},
    },
    Sent, apply,
    day::DayOrder,
    kind::Kind,
    mapping::Mapping,
    proposal::Proposal,
    table::Table,
};
use crate::{
    academics::{campus::Campus, year::AcademicYear},
    db::{Access, Db},
    error::{Error, Result},
    permit::CreateImportRuns,
};

/// A table and what is said of it beyond what can be told.
#[derive(Clone, Debug)]
pub struct Sending {
    /// What its rows are.
    pub kind: Kind,
    /// The file.
    pub bytes: Vec<u8>,
    /// Columns and their fields; without a field a column is left out.
    pub columns: Vec<(String, String)>,
    /// `campus`, `year`, `days` or `sheet`, and which.
    pub settings: Vec<(String, String)>,
    /// The table's words for marks and the school's codes.
    pub words: Vec<(String, String)>,
    /// Whoever is not in it has left.
    pub is_whole: bool,
}

impl Sending {
    /// Brings the table in, in one transaction; a dry run keeps nothing.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the file is no table or its columns are not clear, and as an import on a page.
    pub fn import(&self, wishes: &Wishes, access: &Access<CreateImportRuns>) -> Result<Report> {
        let mut rehearsed = None;
        let done = access.run(|db| {
            let mapping = self.mapping(db)?;
            let sent =
                Sent { kind: self.kind, file: &wishes.file_name, bytes: &self.bytes, mapping: &mapping };
            let report = apply(&sent, Conduct { end_many: wishes.end_many, watch: &Nobody }, db)?;
            if wishes.dry_run {
                rehearsed = Some(report);
                return Err(Error::Conflict("A dry run keeps nothing.".into()));
            }
            let kind = ImportKind::named(self.kind.word()).ok_or(Error::NotFound)?;
            ImportRun::note(kind, &wishes.file_name, &report, db)?;
            Ok(report)
        });
        rehearsed.map_or(done, Ok)
    }

    fn mapping(&self, db: &mut Db<'_, CreateImportRuns>) -> Result<Mapping> {
        let sheet = self.settings.iter().find(|(name, _)| name == "sheet").map(|(_, value)| value.clone());
        let table = Table::read(&self.bytes, sheet.as_deref());
        let table = table.map_err(|refusal| Error::invalid("file", refusal.to_string()))?;
        let mut mapping = Proposal::of(self.kind, &table, db)?.mapping;
        mapping.sheet = sheet;
        mapping.is_whole = self.is_whole;
        for (column, field) in &self.columns {
            mapping.columns.retain(|known, mapped| known != column && mapped != field);
            if !field.is_empty() {
                mapping.columns.insert(column.clone(), field.clone());
            }
        }
        mapping.words.extend(self.words.iter().cloned());
        for (name, value) in &self.settings {
            set(&mut mapping, (name, value), db)?;
        }
        let faults = mapping.check(self.kind, &table, db)?;
        let sentences: Vec<_> = faults.into_iter().map(|(_, sentence)| sentence).collect();
        if !sentences.is_empty() {
            return Err(Error::invalid("columns", sentences.join(" ")));
        }
        mapping.remember(self.kind, &table, db)?;
        Ok(mapping)
    }
}

fn set(mapping: &mut Mapping, (name, value): (&str, &str), db: &mut Db<'_, CreateImportRuns>) -> Result<()> {
    let unknown = |what: &str| Error::invalid("settings", format!("There is no {what} “{value}”."));
    match name {
        "campus" => {
            let all = Campus::all(db)?;
            let found = all.iter().find(|campus| campus.name == value || campus.code == value);
            mapping.campus = Some(found.ok_or_else(|| unknown("campus"))?.id);
        }
        "year" => {
            let all = AcademicYear::all(db)?;
            let found = all.iter().find(|year| year.name == value);
            mapping.year = Some(found.ok_or_else(|| unknown("school year"))?.id);
        }
        "days" => mapping.day_order = Some(DayOrder::named(value).ok_or_else(|| unknown("order of days"))?),
        "sheet" => {}
        _ => return Err(Error::invalid("settings", "Only campus, year, days and sheet can be set.")),
    }
    Ok(())
}
