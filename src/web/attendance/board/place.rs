//! What a board says that it is of.

use super::Index;

impl Index {
    /// The campus looked at, or all of them; none where neither is sure.
    pub(super) fn place(&self) -> Option<&str> {
        let board = self.board();
        if self.campus.is_some() {
            return board.campuses.iter().find(|one| self.is_at(one)).map(|one| one.name.as_str());
        }
        if self.home.is_none_or(|home| board.calls.iter().all(|call| call.campus_id == home)) {
            return Some(&self.shell.place);
        }
        (!board.campuses.is_empty()).then_some("all campuses")
    }
}
