//! Searching everything on this phone, and names.

use crate::convert::{answer, record};
use crate::directory::MemberItem;
use crate::error::CoreError;
use crate::phone::Phone;

record! {
    /// Something that was found.
    shown Hit = haitang_app::search::Hit {
        /// The record.
        id: String,
        /// What it is a record of, such as `task`.
        kind: String,
        /// What it is called.
        title: String,
    }
}

#[uniffi::export]
impl Phone {
    /// Whatever holds all the words of `text`.
    pub fn search(&self, text: &str) -> Result<Vec<Hit>, CoreError> {
        answer(self.app.search(text))
    }

    /// Members whose name fits `text`: its characters, full pinyin, the beginning of it, or initials.
    pub fn search_names(&self, text: &str) -> Result<Vec<MemberItem>, CoreError> {
        answer(self.app.search_names(text))
    }
}
