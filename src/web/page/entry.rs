//! An entry of the navigation.

use super::area::Area;

/// An entry of the navigation.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    pub(super) area: Area,
    pub(super) permission: &'static str,
    /// Which heading it stands under.
    pub group: &'static str,
    /// What people read.
    pub label: &'static str,
    /// Where it leads.
    pub path: &'static str,
    /// Its picture in the sprite.
    pub icon: &'static str,
}

impl Entry {
    /// What somebody must hold to see it.
    #[must_use]
    pub fn permission(&self) -> &'static str {
        self.permission
    }
}
