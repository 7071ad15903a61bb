//! A file's first line: which of the columns stands where.

use csv::StringRecord;

use super::{super::text::tidy, kind::Kind, refusal::Refusal};

/// The columns that are read, each with its place. Unknown and unnamed ones are not here.
pub(super) struct Header {
    places: Vec<(&'static str, usize)>,
    /// How many columns the first line has, unnamed trailing ones left out.
    pub(super) width: usize,
}

impl Header {
    pub(super) fn read(kind: Kind, cells: &StringRecord) -> Result<Self, Refusal> {
        let mut header = Self { places: Vec::new(), width: 0 };
        for (place, name) in cells.iter().enumerate() {
            let name = tidy(name);
            if !name.is_empty() {
                header.width = place + 1;
            }
            if let Some(column) = column(kind, &name) {
                header.add(kind, column, place)?;
            }
        }
        let missing = kind.required_columns().find(|column| header.place(column).is_none());
        match missing {
            Some(column) => Err(Refusal::NoColumn { file: kind.file(), column }),
            None => Ok(header),
        }
    }

    fn add(&mut self, kind: Kind, column: &'static str, place: usize) -> Result<(), Refusal> {
        if self.place(column).is_some() {
            return Err(Refusal::ColumnTwice { file: kind.file(), column });
        }
        self.places.push((column, place));
        Ok(())
    }

    pub(super) fn place(&self, column: &str) -> Option<usize> {
        self.places.iter().find(|(name, _)| *name == column).map(|(_, place)| *place)
    }

    pub(super) fn places(&self) -> impl Iterator<Item = (&'static str, usize)> {
        self.places.iter().copied()
    }
}

fn column(kind: Kind, name: &str) -> Option<&'static str> {
    let known = kind.columns().find(|column| column.eq_ignore_ascii_case(name));
    known.or_else(|| kind.alias(&name.to_ascii_lowercase()))
}
