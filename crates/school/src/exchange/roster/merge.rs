//! Three sides of one record: what the source said last time, what stands here, what it says now.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::error::{Error, Result};

pub(in crate::exchange) type Fields = Map<String, Value>;

/// A field that was edited here and says something else than the source. It is kept.
#[derive(Debug, PartialEq)]
pub(super) struct Kept {
    pub(super) field: String,
    pub(super) here: Value,
    pub(super) source: Value,
}

pub(super) struct Merged {
    pub(super) fields: Fields,
    pub(super) changed: bool,
    pub(super) kept: Vec<Kept>,
}

/// What the source says counts, except where a field differs from what it said last time: that field was
/// edited here.
pub(super) fn merge(last: &Fields, here: &Fields, now: &Fields) -> Merged {
    let mut merged = Merged { fields: here.clone(), changed: false, kept: Vec::new() };
    for (field, wanted) in now {
        let have = here.get(field).unwrap_or(&Value::Null);
        if have == wanted {
            continue;
        }
        if last.get(field).is_none_or(|last| last == have) {
            merged.fields.insert(field.clone(), wanted.clone());
            merged.changed = true;
        } else {
            let (here, source) = (have.clone(), wanted.clone());
            merged.kept.push(Kept { field: field.clone(), here, source });
        }
    }
    merged
}

pub(super) fn fields_of(record: &impl Serialize) -> Result<Fields> {
    match serde_json::to_value(record).map_err(Error::internal)? {
        Value::Object(fields) => Ok(fields),
        _ => Err(Error::internal("a record is an object")),
    }
}

pub(super) fn record_of<R: DeserializeOwned>(fields: Fields) -> Result<R> {
    serde_json::from_value(Value::Object(fields)).map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Fields, Kept, merge};

    fn fields(name: &str, phone: Option<&str>) -> Fields {
        match json!({ "name": name, "phone": phone }) {
            Value::Object(fields) => fields,
            _ => Fields::new(),
        }
    }

    #[test]
    fn what_the_source_changes_is_taken() {
        let last = fields("Emmy", None);
        let merged = merge(&last, &last, &fields("Emma", Some("1")));
        assert_eq!((merged.changed, merged.fields), (true, fields("Emma", Some("1"))));
        assert_eq!(merged.kept, []);
    }

    #[test]
    fn what_was_edited_here_is_kept_and_told_while_the_rest_is_taken() {
        let last = fields("Emmy", None);
        let merged = merge(&last, &fields("Amalie", None), &fields("Emma", Some("1")));
        assert_eq!((merged.changed, merged.fields), (true, fields("Amalie", Some("1"))));
        let kept = Kept { field: "name".into(), here: json!("Amalie"), source: json!("Emma") };
        assert_eq!(merged.kept, [kept]);
    }

    #[test]
    fn an_edit_that_the_source_made_too_is_no_conflict() {
        let merged = merge(&fields("Emmy", None), &fields("Emma", None), &fields("Emma", None));
        assert_eq!((merged.changed, merged.kept), (false, vec![]));
    }

    #[test]
    fn a_column_that_the_last_import_did_not_know_is_filled() {
        let merged = merge(&Fields::new(), &fields("Emmy", None), &fields("Emmy", Some("1")));
        assert!(merged.changed);
    }
}
