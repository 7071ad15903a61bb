//! The order of names, as the columns of names have it (`und-x-icu`): Unicode's root collation, the same for every script.
//!
//! A roll is put in order here and not by PostgreSQL, where the same comparisons took a third of its statement.

use std::{cmp::Ordering, sync::LazyLock};

use icu_collator::{
    CollatorBorrowed, CollatorPreferences,
    options::{CollatorOptions, Strength},
};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

static ROOT: LazyLock<Option<CollatorBorrowed<'static>>> = LazyLock::new(|| {
    CollatorBorrowed::try_new(CollatorPreferences::default(), CollatorOptions::default()).ok()
});

/// Which of two names comes first. Letters decide, then accents, then capitals; equal only where every letter is.
pub(crate) fn compare(one: &str, other: &str) -> Ordering {
    // The rules travel inside the program; without them the order would still be the same every time.
    let by_rule = ROOT.as_ref().map_or(Ordering::Equal, |root| root.compare(one, other));
    by_rule.then_with(|| one.cmp(other))
}

static LETTERS: LazyLock<Option<CollatorBorrowed<'static>>> = LazyLock::new(|| {
    let mut options = CollatorOptions::default();
    options.strength = Some(Strength::Primary);
    CollatorBorrowed::try_new(CollatorPreferences::default(), options).ok()
});

/// Whether two names may be one person's: every part of one stands in the other, whatever the order, the accents, the
/// capitals and the signs between letters. Who compares with whoever is barred would rather ask once too often.
pub(crate) fn may_be_one(one: &str, other: &str) -> bool {
    let (one, other) = (parts(one), parts(other));
    stands_in(&one, &other) || stands_in(&other, &one)
}

/// What people write before a name.
const TITLES: [&str; 5] = ["mr", "mrs", "ms", "miss", "dr"];

/// What stands between signs and blanks; an accent that is written as a character of its own belongs to its letter.
pub(crate) fn parts(name: &str) -> Vec<String> {
    let name: String =
        name.nfkc().flat_map(char::to_lowercase).map(|c| if c == 'ı' { 'i' } else { c }).collect();
    let parts = name.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c));
    parts.filter(|part| !part.is_empty() && !TITLES.contains(part)).map(str::to_owned).collect()
}

/// Whether the parts of a name, alone or joined to the next ones (O’Brien and OBrien), all stand in another.
fn stands_in(name: &[String], other: &[String]) -> bool {
    let runs =
        |of: &[String]| -> Vec<(usize, String)> { (1..=of.len()).map(|n| (n, of[..n].concat())).collect() };
    let known: Vec<String> =
        (0..other.len()).flat_map(|from| runs(&other[from..])).map(|(_, run)| run).collect();
    let mut rest = name;
    while !rest.is_empty() {
        let found =
            runs(rest).into_iter().rev().find(|(_, run)| known.iter().any(|one| same_letters(one, run)));
        let Some((length, _)) = found else { return false };
        rest = &rest[length..];
    }
    !name.is_empty()
}

fn same_letters(one: &str, other: &str) -> bool {
    LETTERS.as_ref().map_or(one == other, |letters| letters.compare(one, other) == Ordering::Equal)
}

#[cfg(test)]
mod tests {
    use super::{compare, may_be_one};

    #[test]
    fn a_name_is_known_however_it_is_written_and_another_is_not_taken_for_it() {
        for (one, other) in [
            ("Emeka Nwosu", "Nwosu, Emeka"),
            ("Emeka Nwosu", "  emeka  NWOSU "),
            ("Emeka Nwosu", "Mr. Nwosu"),
            ("Emeka Chidi Nwosu", "Emeka-Nwosu"),
            ("José Álvarez", "Jose\u{301} Alvarez"),
            ("Seán O’Brien", "Sean OBrien"),
            ("Sean O'Brien", "O Brien/Sean"),
            ("Anne-Marie Weiß", "Annemarie Weiss"),
            ("Łukasz Żak", "Lukasz Zak"),
            ("Işık Yılmaz", "ISIK YILMAZ"),
            ("Đặng Thị Ánh", "Dang Thi Anh"),
            ("Ｅｍｅｋａ Nwosu", "Emeka Nwosu"),
            ("محمد علي", "علي، محمد"),
        ] {
            assert!(may_be_one(one, other) && may_be_one(other, one), "{one} and {other}");
        }
        for (one, other) in [
            ("Emeka Nwosu", "Ifeoma Nwosu"),
            ("Li Wei", "Olivia Weiss"),
            ("Emeka Nwosu", ""),
            ("Emeka Nwosu", " - "),
            ("Emeka Nwosu", "alone"),
            ("Ada Nwosu", "Adanna Nwosu"),
        ] {
            assert!(!may_be_one(one, other) && !may_be_one(other, one), "{one} and {other}");
        }
    }

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
