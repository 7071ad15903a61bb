//! How far somebody reaches, in words.

use school::{Uuid, academics::campus::Campus, reach::Reach};

/// The whole organization, campuses by name, or what is assigned to them.
pub(super) fn in_words(reach: &Reach, campuses: &[Campus]) -> String {
    match reach {
        Reach::Organization => "The whole organization".into(),
        Reach::Campuses(ids) if ids.is_empty() => "The campus where they work; none yet".into(),
        Reach::Campuses(ids) => names(ids, campuses),
        Reach::AssignedAndCampuses(ids) if ids.is_empty() => in_words(&Reach::Assigned, campuses),
        Reach::AssignedAndCampuses(ids) => {
            format!("{} and what is assigned to them", names(ids, campuses))
        }
        Reach::Assigned => "Classes and students assigned to them".into(),
        Reach::Own => "Their own".into(),
    }
}

fn names(ids: &[Uuid], campuses: &[Campus]) -> String {
    let named = campuses.iter().filter(|campus| ids.contains(&campus.id));
    named.map(|campus| campus.name.as_str()).collect::<Vec<_>>().join(", ")
}
