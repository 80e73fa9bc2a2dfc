//! What the holder is waited for, and when.

use crate::convert::{Given as _, Shown, answer, record};
use crate::error::CoreError;
use crate::phone::Phone;

impl Shown<String> for &'static str {
    fn shown(self) -> String {
        self.to_owned()
    }
}

record! {
    /// A moment by which, or at which, something is to be done.
    shown Deadline = haitang_app::deadline::Deadline {
        /// What it is about.
        id: String,
        /// `task`, `shift`, `activity`, `paper`, `notice` or `study`.
        kind: String,
        /// What it is called; for a shift, its place.
        title: String,
        /// Where; empty where that does not matter.
        place: String,
        /// When: a task is due, a shift or an activity begins, a running attempt or its paper ends, a notice can no longer be confirmed, a
        /// study ends.
        at: i64,
    }
}

#[uniffi::export]
impl Phone {
    /// What is to be done between now and `until` (inclusive), the soonest first; at most 50. Of tasks those given to the holder, of
    /// activities those of their org, of papers those that can still be taken, of notices those that wait to be confirmed, of studies
    /// those that are not finished.
    pub fn deadlines(&self, until: i64) -> Result<Vec<Deadline>, CoreError> {
        answer(self.app.deadlines(until.given()?))
    }
}
