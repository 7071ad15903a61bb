//! What stands around every signed-in page: who, where, which day, and the areas that this person may open.

mod area;
mod areas;
mod entry;
mod inside;

use school::{
    db::SignedIn,
    permit::{CreateCampuses, Permission, ReadCampusAttendance},
};

pub use self::{area::Area, areas::ENTRIES, entry::Entry, inside::Inside};
use super::dates;

/// The frame of a page.
pub struct Shell {
    /// The person's name.
    pub name: String,
    /// The letters that stand in for a picture.
    pub initials: String,
    /// Their role and where they work.
    pub role: String,
    /// Campus or organization.
    pub place: String,
    /// Today, short.
    pub today: String,
    /// The user's id, so that a browser keeps what two people typed apart.
    pub user: school::Uuid,
    /// The visit that they are on.
    pub visit: Option<Inside>,
    /// Whether they may open a campus, where a school has none yet.
    pub opens_campuses: bool,
    area: Area,
    entries: Vec<Entry>,
}

impl Shell {
    /// The frame for someone signed in, standing in an area.
    #[must_use]
    pub fn of(signed_in: &SignedIn, area: Area) -> Self {
        let person = signed_in.person();
        let (_, today, _) = signed_in.now();
        Self {
            name: person.name(),
            initials: person.initials(),
            role: format!("{}, {}", person.role(), person.place()),
            place: person.place().to_owned(),
            today: dates::short(&today),
            user: person.id(),
            visit: Inside::of(person),
            opens_campuses: person.holds(CreateCampuses::ENTRY.name),
            area,
            entries: open_to(signed_in),
        }
    }

    /// The headings of the navigation, each with its entries.
    #[must_use]
    pub fn groups(&self) -> Vec<(&'static str, Vec<Entry>)> {
        let mut groups: Vec<(&'static str, Vec<Entry>)> = Vec::new();
        for entry in &self.entries {
            match groups.last_mut() {
                Some((group, entries)) if *group == entry.group => entries.push(*entry),
                _ => groups.push((entry.group, vec![*entry])),
            }
        }
        groups
    }

    /// Whether this entry is where the page stands.
    #[must_use]
    pub fn is_current(&self, entry: &Entry) -> bool {
        entry.area == self.area
    }

    /// Whether absences ahead may be noted.
    #[must_use]
    pub fn plans_ahead(&self) -> bool {
        self.entries.iter().any(|entry| entry.area == Area::Ahead)
    }

    /// Whether the search box has anything to find.
    #[must_use]
    pub fn finds_students(&self) -> bool {
        self.entries.iter().any(|entry| entry.area == Area::Students)
    }
}

/// The entries whose first page this person may open.
fn open_to(signed_in: &SignedIn) -> Vec<Entry> {
    let person = signed_in.person();
    let of_platform = person.is_of_platform().then_some(areas::OF_PLATFORM);
    let held = ENTRIES.iter().filter(|entry| person.holds(entry.permission)).copied();
    of_platform.into_iter().chain(held).collect()
}

/// Where somebody's day begins.
#[must_use]
pub fn home(signed_in: &SignedIn) -> &'static str {
    let person = signed_in.person();
    let first = if person.staff().is_none() { Area::Board } else { Area::Today };
    let entries = open_to(signed_in);
    let prefers_board = person.holds(ReadCampusAttendance::ENTRY.name);
    let wanted = if prefers_board { Area::Board } else { first };
    entries
        .iter()
        .find(|entry| entry.area == wanted)
        .or_else(|| entries.first())
        .map_or("/account", |entry| entry.path)
}
