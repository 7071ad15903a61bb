//! What the columns of a table are: said once, remembered, and offered again.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    day::{DayOrder, Told},
    field::Shape,
    kind::Kind,
    table::Table,
};

/// Different words for marks in one table; more than that is some other column.
pub(super) const STATUSES: usize = 40;

/// What the columns of a table are, and what counts for all its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mapping {
    /// The field of each column that is taken, by the column's name.
    pub columns: BTreeMap<String, String>,
    /// The order of the parts of a day.
    pub day_order: Option<DayOrder>,
    /// The campus of rows that name none.
    pub campus: Option<Uuid>,
    /// The school year of all rows.
    pub year: Option<Uuid>,
    /// The school's code for each of the table's words for marks.
    pub words: BTreeMap<String, String>,
    /// The sheet of the workbook, where it is not the first.
    pub sheet: Option<String>,
    /// Whoever is not in the table has left.
    pub is_whole: bool,
}

/// What somebody says of a table on a page.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// The field of each column by its place; a column that is left out is not here.
    pub columns: Vec<(usize, String)>,
    /// The order of the parts of a day.
    pub day_order: Option<DayOrder>,
    /// The campus of rows that name none.
    pub campus: Option<Uuid>,
    /// The school year of all rows.
    pub year: Option<Uuid>,
    /// The table's words for marks, each with the school's code.
    pub words: Vec<(String, String)>,
    /// The sheet of the workbook, where it is not the first.
    pub sheet: Option<String>,
    /// Whoever is not in the table has left.
    pub is_whole: bool,
}

/// What is wrong with a mapping, each with the form's field: `columns`, `column-3`, `day_order`, `word-2`, `campus`, `year`.
pub type Faults = Vec<(String, String)>;

impl Mapping {
    /// What was said on a page, and what of it names no field of ours.
    #[must_use]
    pub fn said(kind: Kind, table: &Table, answers: &Answers) -> (Self, Faults) {
        let (mut columns, mut faults) = (BTreeMap::new(), Faults::new());
        for (place, field) in &answers.columns {
            match table.columns.get(*place).zip(kind.field(field)) {
                Some((column, field)) => drop(columns.insert(column.clone(), field.name.to_owned())),
                None => faults.push((format!("column-{place}"), "Choose one from the list.".into())),
            }
        }
        let mapping = Self {
            columns,
            day_order: answers.day_order,
            campus: answers.campus,
            year: answers.year,
            words: answers.words.iter().cloned().collect(),
            sheet: answers.sheet.clone(),
            is_whole: answers.is_whole && kind.can_be_whole(),
        };
        (mapping, faults)
    }

    /// The same for a table that was a sheet of a workbook and is text by now.
    #[must_use]
    pub fn of_text(self) -> Self {
        Self { sheet: None, ..self }
    }

    /// The same for some rows of such a table: whoever is not among them has not left.
    #[must_use]
    pub fn of_a_part(self) -> Self {
        Self { is_whole: false, ..self.of_text() }
    }

    /// The column that a field is taken from.
    #[must_use]
    pub fn column_of(&self, field: &str) -> Option<&str> {
        self.columns.iter().find(|(_, mapped)| *mapped == field).map(|(column, _)| column.as_str())
    }

    /// What is still missing, or said twice.
    pub(super) fn faults(&self, kind: Kind, table: &Table, places: &Places) -> Faults {
        let mut faults = self.twice(kind, table);
        for group in kind.needs() {
            if !group.iter().any(|field| self.column_of(field).is_some()) {
                let labels = group.iter().filter_map(|name| kind.field(name)).map(|field| field.label);
                let labels = labels.collect::<Vec<_>>().join(" or ");
                faults.push(("columns".into(), format!("Say which column is: {labels}.")));
            }
        }
        faults.extend(self.order_fault(kind, table));
        faults.extend(self.word_faults(kind, table));
        faults.extend(self.place_faults(kind, places));
        faults
    }

    fn twice(&self, kind: Kind, table: &Table) -> Faults {
        let mut seen: HashMap<&str, &str> = HashMap::new();
        let mut faults = Faults::new();
        for (place, column) in table.columns.iter().enumerate() {
            let Some(field) = self.columns.get(column) else { continue };
            let label = kind.field(field).map_or(field.as_str(), |field| field.label);
            if let Some(first) = seen.insert(field, column) {
                let text = format!("“{first}” is the {label} already. Choose one of the two.");
                faults.push((format!("column-{place}"), text));
            }
        }
        faults
    }

    fn order_fault(&self, kind: Kind, table: &Table) -> Option<(String, String)> {
        let asked = self.day_order.is_none() && self.told_order(kind, table) == Told::Unclear;
        asked.then(|| {
            let text = "Say how days are written: month and day could be either way round.";
            ("day_order".into(), text.into())
        })
    }

    fn word_faults(&self, kind: Kind, table: &Table) -> Faults {
        let Some(field) = kind.fields().iter().find(|field| field.shape == Shape::Status) else {
            return Faults::new();
        };
        let Some(place) = self.column_of(field.name).and_then(|column| table.place(column)) else {
            return Faults::new();
        };
        let Some(words) = self.statuses(kind, table) else {
            let text = format!("This column has more than {STATUSES} different values: those are no marks.");
            return vec![(format!("column-{place}"), text)];
        };
        let missing = words.into_keys().enumerate().filter(|(_, word)| !self.words.contains_key(word));
        missing.map(|(at, word)| (format!("word-{at}"), format!("Say what “{word}” means."))).collect()
    }

    fn place_faults(&self, kind: Kind, places: &Places) -> Faults {
        let mut faults = Faults::new();
        let names_campus = self.column_of("campus").is_some();
        let known = self.campus.is_none_or(|campus| places.campuses.contains(&campus));
        if !known || (kind.has_campus() && kind != Kind::Staff && self.campus.is_none() && !names_campus) {
            faults.push(("campus".into(), "Choose the campus of these rows.".into()));
        }
        let known = self.year.is_none_or(|year| places.years.contains(&year));
        if !known || (kind.has_year() && self.year.is_none()) {
            faults.push(("year".into(), "Choose the school year of these rows.".into()));
        }
        faults
    }
}

/// The campuses and years that there are.
pub(super) struct Places {
    pub(super) campuses: Vec<Uuid>,
    pub(super) years: Vec<Uuid>,
}
