//! A word for what somebody is to a child, typed where a name was asked for.

use diesel::prelude::*;
use schema::guardians;
use uuid::Uuid;

use crate::{
    alphabet::parts,
    db::Db,
    error::Result,
    people::restriction::Restriction,
    permit::Permission,
    words::Relationship::{self, Father, Grandparent, Guardian, Mother, Other, Sibling},
};

/// What people write who do not write a name, and as what such a person may stand in a child's file.
const WORDS: &[(&str, &[Relationship])] = &[
    ("mother", &[Mother]),
    ("mum", &[Mother]),
    ("mummy", &[Mother]),
    ("mom", &[Mother]),
    ("mommy", &[Mother]),
    ("mama", &[Mother]),
    ("father", &[Father]),
    ("dad", &[Father]),
    ("daddy", &[Father]),
    ("papa", &[Father]),
    ("parent", &[Mother, Father, Guardian]),
    ("parents", &[Mother, Father, Guardian]),
    ("guardian", &[Guardian]),
    ("carer", &[Guardian, Other]),
    ("partner", &[Guardian, Other]),
    ("boyfriend", &[Guardian, Other]),
    ("girlfriend", &[Guardian, Other]),
    ("stepmother", &[Guardian, Other]),
    ("stepmum", &[Guardian, Other]),
    ("stepmom", &[Guardian, Other]),
    ("stepfather", &[Guardian, Other]),
    ("stepdad", &[Guardian, Other]),
    ("stepparent", &[Guardian, Other]),
    ("fostermother", &[Guardian, Other]),
    ("fosterfather", &[Guardian, Other]),
    ("fosterparent", &[Guardian, Other]),
    ("grandparent", &[Grandparent]),
    ("grandparents", &[Grandparent]),
    ("grandmother", &[Grandparent]),
    ("grandma", &[Grandparent]),
    ("granny", &[Grandparent]),
    ("gran", &[Grandparent]),
    ("nan", &[Grandparent]),
    ("nana", &[Grandparent]),
    ("grandfather", &[Grandparent]),
    ("grandpa", &[Grandparent]),
    ("granddad", &[Grandparent]),
    ("grandad", &[Grandparent]),
    ("brother", &[Sibling]),
    ("sister", &[Sibling]),
    ("sibling", &[Sibling]),
    ("stepbrother", &[Sibling, Other]),
    ("stepsister", &[Sibling, Other]),
    ("halfbrother", &[Sibling, Other]),
    ("halfsister", &[Sibling, Other]),
    ("uncle", &[Other]),
    ("aunt", &[Other]),
    ("auntie", &[Other]),
    ("aunty", &[Other]),
    ("cousin", &[Other]),
    ("relative", &[Other]),
    ("godmother", &[Other]),
    ("godfather", &[Other]),
    ("godparent", &[Other]),
    ("neighbour", &[Other]),
    ("neighbor", &[Other]),
    ("friend", &[Other]),
    ("childminder", &[Other]),
    ("nanny", &[Other]),
];

/// What may stand beside such a word without naming anybody: her dad, the child’s uncle.
const AROUND: [&str; 17] = [
    "the", "a", "an", "her", "his", "their", "my", "own", "child", "s", "of", "and", "or", "with", "by",
    "family", "big",
];

/// What is written as two words as often as in one.
const FIRST_HALVES: [&str; 5] = ["step", "grand", "foster", "god", "half"];

/// As what whoever is meant may stand in a child's file, where a text names nobody.
fn meant(typed: &str) -> Vec<Relationship> {
    let mut words: Vec<String> = Vec::new();
    for part in parts(typed) {
        match words.last_mut().filter(|last| FIRST_HALVES.contains(&last.as_str())) {
            Some(half) => half.push_str(&part),
            None => words.push(part),
        }
    }
    let mut found = Vec::new();
    for word in words.iter().filter(|word| !AROUND.contains(&word.as_str())) {
        match WORDS.iter().find(|(known, _)| known == word) {
            Some((_, relationships)) => found.extend_from_slice(relationships),
            None => return Vec::new(),
        }
    }
    found
}

/// Whether a text says only what somebody is to the child, and one whom these bars keep from collecting is that, a contact
/// of the child or not any more.
pub(super) fn may_be_kept_away<P: Permission>(
    (student, typed): (Uuid, &str),
    bars: &[Restriction],
    db: &mut Db<'_, P>,
) -> Result<bool> {
    let kept_away: Vec<Uuid> =
        bars.iter().filter(|bar| bar.bars_collection).filter_map(|bar| bar.contact_id).collect();
    let meant = meant(typed);
    if kept_away.is_empty() || meant.is_empty() {
        return Ok(false);
    }
    let theirs: Vec<Relationship> = guardians::table
        .filter(guardians::organization_id.eq(db.organization()))
        .filter(guardians::student_id.eq(student))
        .filter(guardians::contact_id.eq_any(kept_away))
        .select(guardians::relationship)
        .order(guardians::id)
        .limit(100)
        .load(db.conn())?;
    Ok(theirs.iter().any(|one| meant.contains(one)))
}

#[cfg(test)]
mod tests {
    use super::meant;
    use crate::words::Relationship::{Father, Grandparent, Guardian, Mother, Other};

    #[test]
    fn a_word_for_a_relation_is_known_and_a_name_is_none() {
        for (typed, relationships) in [
            ("father", &[Father][..]),
            ("  Her DAD ", &[Father]),
            ("the child's mother", &[Mother]),
            ("step-father", &[Guardian, Other]),
            ("Grand mother", &[Grandparent]),
            ("uncle", &[Other]),
            ("mum and dad", &[Mother, Father]),
            ("Father Brown", &[]),
            ("Uncle Obi", &[]),
            ("alone", &[]),
            ("the", &[]),
            ("Emeka Nwosu", &[]),
        ] {
            assert_eq!(meant(typed), relationships, "{typed}");
        }
    }
}
