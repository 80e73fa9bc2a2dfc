//! What the holder is in the middle of writing. Drafts stay on the phone; whatever hands a text in drops its draft.

use haitang_domain::Timestamp;
use serde::Serialize;

use crate::error::AppError;
use crate::phone::Phone;

/// A text that was not handed in yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DraftItem {
    /// Which text it is, as the shell names it.
    pub key: String,
    /// What was written so far.
    pub text: String,
    /// When it was last kept.
    pub saved: Timestamp,
}

impl From<haitang_store::draft::Draft> for DraftItem {
    fn from(draft: haitang_store::draft::Draft) -> Self {
        Self { key: draft.key, text: draft.text, saved: draft.saved }
    }
}

impl Phone {
    /// Keeps `text` under `key`, in place of what was kept there: encrypted, and on the disk when this returns. A key has at most 200
    /// bytes, a text 256 KiB, a phone 500 drafts; beyond that it is refused as `too_long` with the field and its limit.
    pub fn save_draft(&self, key: &str, text: &str) -> Result<(), AppError> {
        Ok(self.store().save_draft(key, text, self.now())?)
    }

    /// What was kept under `key`, if anything.
    pub fn draft(&self, key: &str) -> Result<Option<DraftItem>, AppError> {
        Ok(self.store().draft(key)?.map(DraftItem::from))
    }

    /// All drafts, the newest first.
    pub fn drafts(&self) -> Result<Vec<DraftItem>, AppError> {
        Ok(self.store().drafts()?.into_iter().map(DraftItem::from).collect())
    }

    /// Lets the draft under `key` go, if there is one: it was handed in, or its author does not want it.
    pub fn drop_draft(&self, key: &str) -> Result<(), AppError> {
        self.store().drop_draft(key)?;
        Ok(())
    }
}
