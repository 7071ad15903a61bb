//! manifest.csv: which version and which files a package says it holds.

use std::collections::BTreeMap;

use super::{
    super::text::tidy, kind::Kind, look_alike::LookAlike, package::Package, refusal::Refusal, sheet::Sheet,
};

/// How a file is exported. A word that is none of these says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Bulk,
    Delta,
    Absent,
}

/// Without a manifest (OneRoster 1.0) everything is left to the files themselves.
#[derive(Default)]
pub(super) struct Manifest {
    /// Property names in lower case: exports and spreadsheets disagree on it.
    properties: Option<BTreeMap<String, String>>,
}

impl Manifest {
    /// # Errors
    /// Another version, and an export of changes only.
    pub(super) fn of(package: &Package) -> Result<Self, Refusal> {
        let Some(file) = package.file("manifest.csv")? else {
            return Ok(Self::default());
        };
        let properties = properties(&Sheet::read(file.name(), &file.bytes)?)?;
        let manifest = Self { properties: Some(properties) };
        manifest.check_version()?;
        manifest.check_delta()?;
        Ok(manifest)
    }

    pub(super) fn is_there(&self) -> bool {
        self.properties.is_some()
    }

    pub(super) fn mode(&self, kind: Kind) -> Option<Mode> {
        self.value(&format!("file.{}", kind.name())).and_then(mode)
    }

    /// The sending system's code, else its name. Some write the word *absent* there.
    pub(super) fn system(&self) -> Option<&str> {
        let said = |name| self.value(name).filter(|value| mode(value).is_none());
        said("source.systemCode").or_else(|| said("source.systemName"))
    }

    fn value(&self, name: &str) -> Option<&str> {
        let value = self.properties.as_ref()?.get(&name.to_ascii_lowercase())?;
        (!value.is_empty()).then_some(value)
    }

    /// A spreadsheet turns `1.1` into `1,1` in some countries, and `1.0` into `1` in all.
    fn check_version(&self) -> Result<(), Refusal> {
        let version = self.value("oneroster.version").unwrap_or("1.1").replace(',', ".");
        match version.trim_start_matches(['v', 'V']) {
            "1" | "1.0" | "1.1" | "1.0.0" | "1.1.0" | "1.1.1" => Ok(()),
            later if later.starts_with("1.2") => Err(Refusal::LookAlike(LookAlike::OneRoster12)),
            other => Err(Refusal::Version { version: other.to_owned() }),
        }
    }

    fn check_delta(&self) -> Result<(), Refusal> {
        let files = self.properties.iter().flatten();
        let deltas: Vec<_> = files
            .filter(|(name, value)| name.starts_with("file.") && mode(value) == Some(Mode::Delta))
            .map(|(name, _)| name.trim_start_matches("file.").to_owned() + ".csv")
            .collect();
        if deltas.is_empty() { Ok(()) } else { Err(Refusal::Delta { files: deltas.join(", ") }) }
    }
}

fn properties(sheet: &Sheet) -> Result<BTreeMap<String, String>, Refusal> {
    let place = |name: &str| sheet.header.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name));
    let names = place("propertyName").ok_or(Refusal::Manifest)?;
    let values = place("value").or_else(|| place("propertyValue")).unwrap_or(names + 1);
    let cell =
        |line: &super::sheet::Line, place| tidy(line.cells.get(place).unwrap_or_default()).into_owned();
    let pairs = sheet.lines.iter().map(|line| (cell(line, names).to_ascii_lowercase(), cell(line, values)));
    Ok(pairs.collect())
}

fn mode(value: &str) -> Option<Mode> {
    match value.to_ascii_lowercase().as_str() {
        "bulk" => Some(Mode::Bulk),
        "delta" => Some(Mode::Delta),
        "absent" => Some(Mode::Absent),
        _ => None,
    }
}
