//! Names of people who do not exist: common given and family names of many languages, put together by chance.

mod latin;
mod other_scripts;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::chance::Chance;
use crate::words::Gender;

/// The common names of one language.
pub(super) struct Language {
    /// BCP 47 tag.
    pub(super) tag: &'static str,
    female: &'static str,
    male: &'static str,
    family: &'static str,
    family_female: &'static str,
    /// The mother's family name after the father's, where both are borne.
    second: &'static str,
    family_first: bool,
}

/// A name as recorded and as a reader of Latin letters spells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spelling {
    pub(super) written: String,
    pub(super) romanized: String,
}

/// Every language that the demonstration knows.
pub(super) fn languages() -> Vec<&'static Language> {
    latin::LATIN.iter().chain(other_scripts::OTHER_SCRIPTS).collect()
}

impl Language {
    /// One given name.
    pub(super) fn given(&self, gender: Gender, chance: &mut Chance) -> Spelling {
        let names = if gender == Gender::Male { self.male } else { self.female };
        let names: Vec<_> = names.split(", ").collect();
        Spelling::read(chance.pick(&names))
    }

    /// Which of the family names a family bears.
    pub(super) fn family(&self, chance: &mut Chance) -> usize {
        let all = self.family.split(", ").count() * self.second.split(", ").count();
        let all: Vec<_> = (0..all).collect();
        chance.pick(&all)
    }

    /// The family name as a daughter or a son bears it.
    pub(super) fn family_name(&self, which: usize, gender: Gender) -> Spelling {
        let differs = gender != Gender::Male && !self.family_female.is_empty();
        let first = if differs { self.family_female } else { self.family };
        let firsts = first.split(", ").count();
        let name = |names: &'static str, which| names.split(", ").nth(which).unwrap_or_default();
        let (first, second) = (name(first, which % firsts), name(self.second, which / firsts));
        if second.is_empty() { Spelling::read(first) } else { Spelling::read(&format!("{first} {second}")) }
    }

    /// Both names in Latin letters, in the order of the language.
    pub(super) fn romanized(&self, given: &Spelling, family: &Spelling) -> String {
        if self.family_first {
            format!("{} {}", family.romanized, given.romanized)
        } else {
            format!("{} {}", given.romanized, family.romanized)
        }
    }

    /// Whether its letters are Latin.
    pub(super) fn is_latin(&self) -> bool {
        !self.female.contains('=')
    }
}

impl Spelling {
    fn read(entry: &str) -> Self {
        let (written, romanized) = entry.split_once('=').unwrap_or((entry, entry));
        Self { written: written.nfc().collect(), romanized: romanized.nfc().collect() }
    }
}

/// A name as the first part of an e-mail address has it: small ASCII letters.
pub(super) fn for_address(name: &str) -> String {
    name.nfd()
        .filter(|letter| !is_combining_mark(*letter))
        .flat_map(char::to_lowercase)
        .filter_map(|letter| match letter {
            'a'..='z' => Some(letter),
            'ł' => Some('l'),
            'ø' | 'ɔ' => Some('o'),
            'đ' | 'ð' => Some('d'),
            'ı' => Some('i'),
            'ß' => Some('s'),
            'æ' => Some('a'),
            'þ' => Some('t'),
            _ => None,
        })
        .collect()
}
