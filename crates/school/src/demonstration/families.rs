//! Families drawn by chance: children with their seats, the adults they belong to. Nothing here touches a table.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::{
    chance::Chance,
    names::{self, Language, Spelling},
    plan::{HomeroomPlan, SchoolPlan},
};
use crate::words::{Gender, Relationship};

/// People who live together or used to.
pub(super) struct Family {
    pub(super) language: &'static str,
    pub(super) address: String,
    /// The parents live apart; the children with the first.
    pub(super) is_apart: bool,
    pub(super) adults: Vec<Adult>,
    pub(super) children: Vec<Child>,
}

/// Somebody to call.
pub(super) struct Adult {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) phone: String,
    pub(super) is: Relationship,
}

/// A child with a seat in a homeroom.
pub(super) struct Child {
    pub(super) given: Spelling,
    pub(super) family: Spelling,
    /// In Latin letters, where the name is written in others.
    pub(super) romanized: Option<String>,
    pub(super) called: Option<String>,
    pub(super) gender: Gender,
    pub(super) born: NaiveDate,
    /// Which of the plan's homerooms.
    pub(super) homeroom: usize,
    pub(super) alert: Option<&'static str>,
}

const ALERTS: [&str; 10] = [
    "Peanut allergy: adrenaline pen in the office",
    "Asthma: inhaler in the school bag",
    "Seizures: call the office at once, note the time",
    "Type 1 diabetes: may eat and test at any time",
    "Bee stings: adrenaline pen in the office",
    "Hearing aid left: seat in front",
    "Coeliac: no gluten, own lunch box",
    "Milk allergy: no shared snacks",
    "Wears glasses for reading",
    "Egg allergy: ask before baking",
];

/// Draws families until every seat is taken.
struct Drawing<'a> {
    plan: &'a SchoolPlan,
    homerooms: Vec<HomeroomPlan>,
    languages: Vec<&'static Language>,
    first_day: NaiveDate,
    chance: Chance,
    drawn: u32,
    numbers: u32,
    /// Names that are taken, so that no two children bear the same.
    named: BTreeSet<String>,
}

/// Families for every seat of a plan's homerooms.
pub(super) fn families(plan: &SchoolPlan, first_day: NaiveDate) -> Vec<Family> {
    let mut drawing = Drawing {
        plan,
        homerooms: plan.homerooms(),
        languages: names::languages(),
        first_day,
        chance: Chance::of(plan.seed + 1),
        drawn: 0,
        numbers: 100,
        named: BTreeSet::new(),
    };
    let mut seats = drawing.seats();
    let mut all = Vec::new();
    while let Some(first) = seats.pop() {
        let children = drawing.chance.pick(&[1, 1, 1, 1, 1, 1, 2, 2, 2, 3]);
        let taken = drawing.seats_beside(first, children, &mut seats);
        all.push(drawing.family(&taken));
    }
    all
}

impl Drawing<'_> {
    /// A homeroom's place in the plan for each of its seats, in no order.
    fn seats(&mut self) -> Vec<usize> {
        let (least, most) = (*self.plan.class_size.start(), *self.plan.class_size.end());
        let mut seats = Vec::new();
        for room in 0..self.homerooms.len() {
            seats.extend((0..self.chance.between(least, most)).map(|_| room));
        }
        self.chance.shuffle(&mut seats);
        seats
    }

    /// A seat for each child: in another grade, and no ferry between them.
    fn seats_beside(&self, first: usize, children: usize, seats: &mut Vec<usize>) -> Vec<usize> {
        let island = |room: usize| self.plan.campuses[self.homerooms[room].campus].is_island;
        let grade = |room: usize| self.homerooms[room].grade;
        let mut taken = vec![first];
        while taken.len() < children {
            let fits = |room: &usize| {
                island(*room) == island(first) && taken.iter().all(|other| grade(*other) != grade(*room))
            };
            let Some(at) = seats.iter().rposition(fits) else {
                break;
            };
            taken.push(seats.remove(at));
        }
        taken
    }

    fn family(&mut self, seats: &[usize]) -> Family {
        self.drawn += 1;
        let home: Vec<_> = self
            .languages
            .iter()
            .copied()
            .filter(|language| self.plan.home.contains(&language.tag))
            .collect();
        let spoken = if self.chance.falls(350) { &home } else { &self.languages };
        let language = self.chance.pick(spoken);
        let name = language.family(&mut self.chance);
        let street = self.chance.pick(self.plan.streets);
        Family {
            language: language.tag,
            address: format!("{} {street}", self.chance.between(1, 120)),
            is_apart: self.chance.falls(150),
            adults: self.adults(language, name),
            children: seats.iter().map(|seat| self.child(language, name, *seat)).collect(),
        }
    }

    /// One or two parents, and now and then a grandparent.
    fn adults(&mut self, language: &Language, family: usize) -> Vec<Adult> {
        let mut all = vec![self.adult(language, family, Relationship::Mother)];
        if self.chance.falls(850) {
            all.push(self.adult(language, family, Relationship::Father));
        }
        if self.chance.falls(150) {
            all.push(self.adult(language, family, Relationship::Grandparent));
        }
        all
    }

    fn adult(&mut self, language: &Language, family: usize, is: Relationship) -> Adult {
        self.numbers += 1;
        let gender = if is == Relationship::Father { Gender::Male } else { Gender::Female };
        let family = if is == Relationship::Father || self.chance.falls(600) {
            family
        } else {
            language.family(&mut self.chance)
        };
        let (given, family) =
            (language.given(gender, &mut self.chance), language.family_name(family, gender));
        let address =
            format!("{}.{}", names::for_address(&given.romanized), names::for_address(&family.romanized));
        Adult {
            email: format!("{address}{}@families.example", self.drawn),
            // Numbers that the regulator keeps for stories.
            phone: format!("+44 7700 900{:03}", self.numbers % 1000),
            name: language.romanized(&given, &family),
            is,
        }
    }

    fn child(&mut self, language: &Language, family: usize, homeroom: usize) -> Child {
        let gender = match self.chance.between(0, 99) {
            0..49 => Gender::Female,
            49..97 => Gender::Male,
            97 => Gender::Other,
            _ => Gender::Unspecified,
        };
        let family = language.family_name(family, gender);
        let given = self.unborne(language, gender, &family);
        let days = 365 * (u32::from(self.homerooms[homeroom].grade) + 5) + self.chance.between(0, 400);
        Child {
            romanized: (!language.is_latin()).then(|| language.romanized(&given, &family)),
            called: self.called(language, &given),
            born: self.first_day - Days::new(days.into()),
            alert: self.chance.falls(50).then(|| self.chance.pick(&ALERTS)),
            given,
            family,
            gender,
            homeroom,
        }
    }

    /// A given name that nobody of this family name bears, unless there are no more.
    fn unborne(&mut self, language: &Language, gender: Gender, family: &Spelling) -> Spelling {
        let mut given = language.given(gender, &mut self.chance);
        for _ in 0..20 {
            if self.named.insert(format!("{} {}", given.written, family.written)) {
                break;
            }
            given = language.given(gender, &mut self.chance);
        }
        given
    }

    /// A few are called by something shorter.
    fn called(&mut self, language: &Language, given: &Spelling) -> Option<String> {
        let letters = given.romanized.chars().count();
        let short: String = given.romanized.chars().take(3).collect();
        let is_short = letters > 5 && short.chars().all(char::is_alphabetic);
        (language.is_latin() && is_short && self.chance.falls(60)).then_some(short)
    }
}
