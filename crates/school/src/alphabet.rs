//! The order of names, as the columns of names have it (`und-x-icu`): Unicode's root collation, the same for every script.
//!
//! A roll is put in order here and not by PostgreSQL, where the same comparisons took a third of its statement.

use std::{cmp::Ordering, sync::LazyLock};

use icu_collator::{CollatorBorrowed, CollatorPreferences, options::CollatorOptions};

static ROOT: LazyLock<Option<CollatorBorrowed<'static>>> = LazyLock::new(|| {
    CollatorBorrowed::try_new(CollatorPreferences::default(), CollatorOptions::default()).ok()
});

/// Which of two names comes first. Letters decide, then accents, then capitals; equal only where every letter is.
pub(crate) fn compare(one: &str, other: &str) -> Ordering {
    // The rules travel inside the program; without them the order would still be the same every time.
    let by_rule = ROOT.as_ref().map_or(Ordering::Equal, |root| root.compare(one, other));
    by_rule.then_with(|| one.cmp(other))
}

#[cfg(test)]
mod tests {
    use super::compare;

    #[test]
    fn accents_and_capitals_decide_only_between_names_that_are_spelt_alike() {
        let mut names =
            ["Zak", "Álvarez", "alvarez", "Alvarez", "Đặng", "Шевчук", "Abdullahi", "Σταύρου", "Żak"];
        names.sort_by(|one, other| compare(one, other));

        assert_eq!(
            names,
            ["Abdullahi", "alvarez", "Alvarez", "Álvarez", "Đặng", "Zak", "Żak", "Σταύρου", "Шевчук"]
        );
    }
}
