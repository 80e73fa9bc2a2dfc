//! What the holder is in the middle of writing.

use crate::convert::{answer, record};
use crate::error::CoreError;
use crate::phone::Phone;

record! {
    /// A text that was not handed in yet.
    shown DraftItem = haitang_app::draft::DraftItem {
        /// Which text it is, as the shell names it.
        key: String,
        /// What was written so far.
        text: String,
        /// When it was last kept.
        saved: i64,
    }
}

#[uniffi::export]
impl Phone {
    /// Keeps `text` under `key`, in place of what was kept there: encrypted, and on the disk when this returns. A key has at most 200
    /// bytes, a text 256 KiB, a phone 500 drafts; beyond that it is refused as `too_long` with the `field` (`key`, `text` or `drafts`)
    /// and its `limit`.
    pub fn save_draft(&self, key: &str, text: &str) -> Result<(), CoreError> {
        answer(self.app.save_draft(key, text))
    }

    /// What was kept under `key`, if anything.
    pub fn draft(&self, key: &str) -> Result<Option<DraftItem>, CoreError> {
        answer(self.app.draft(key))
    }

    /// All drafts, the newest first.
    pub fn drafts(&self) -> Result<Vec<DraftItem>, CoreError> {
        answer(self.app.drafts())
    }

    /// Lets the draft under `key` go, if there is one: it was handed in, or its author does not want it.
    pub fn drop_draft(&self, key: &str) -> Result<(), CoreError> {
        answer(self.app.drop_draft(key))
    }
}
