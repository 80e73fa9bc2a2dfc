//! What the holder is in the middle of writing: kept at every keystroke, so that a killed process loses none of it.

use haitang_domain::{Code, Refusal, Timestamp};
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::error::{Error, StoreError};
use crate::store::Store;

/// The longest key of a draft, in bytes.
pub const KEY_BYTES_MAX: usize = 200;
/// The longest draft, in bytes.
pub const TEXT_BYTES_MAX: usize = 256 * 1024;
/// The most drafts a phone keeps.
pub const DRAFTS_MAX: u32 = 500;

/// A text that was not handed in yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Which text it is, as the shell names it.
    pub key: String,
    /// What was written so far.
    pub text: String,
    /// When it was last kept.
    pub saved: Timestamp,
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Draft> {
    Ok(Draft { key: row.get(0)?, text: row.get(1)?, saved: Timestamp::from_millis(row.get(2)?) })
}

fn too_long(field: &str, limit: impl ToString) -> Error {
    Refusal::new(Code::TooLong).with("field", field).with("limit", limit).into()
}

fn count(db: &Connection) -> Result<u32, Error> {
    Ok(db.prepare_cached(include_str!("draft/count.sql"))?.query_row([], |row| row.get(0))?)
}

impl Store {
    /// Keeps `text` under `key`, in place of what was kept there. On the disk when this returns.
    ///
    /// Refused as `empty` without a key, and as `too_long` beyond [`KEY_BYTES_MAX`], [`TEXT_BYTES_MAX`] or [`DRAFTS_MAX`]; what was kept
    /// there stays then.
    pub fn save_draft(&self, key: &str, text: &str, now: Timestamp) -> Result<(), StoreError> {
        self.write_pending("save_draft", |db, _| {
            if key.is_empty() {
                return Err(Refusal::new(Code::Empty).with("field", "key").into());
            }
            if key.len() > KEY_BYTES_MAX {
                return Err(too_long("key", KEY_BYTES_MAX));
            }
            if text.len() > TEXT_BYTES_MAX {
                return Err(too_long("text", TEXT_BYTES_MAX));
            }
            db.prepare_cached(include_str!("draft/save.sql"))?.execute(params![key, text, now.millis()])?;
            if count(db)? > DRAFTS_MAX {
                return Err(too_long("drafts", DRAFTS_MAX));
            }
            Ok(())
        })
    }

    /// What was kept under `key`, if anything.
    pub fn draft(&self, key: &str) -> Result<Option<Draft>, StoreError> {
        self.read_with("draft", |db| Ok(db.prepare_cached(include_str!("draft/get.sql"))?.query_row([key], read).optional()?))
    }

    /// All drafts, the newest first.
    pub fn drafts(&self) -> Result<Vec<Draft>, StoreError> {
        self.read_with("drafts", |db| {
            Ok(db.prepare_cached(include_str!("draft/all.sql"))?.query_map([], read)?.collect::<Result<_, _>>()?)
        })
    }

    /// How many drafts there are.
    pub fn count_drafts(&self) -> Result<u32, StoreError> {
        self.read_with("count_drafts", count)
    }

    /// Lets the draft under `key` go, once it was handed in or its author does not want it. Returns whether there was one.
    pub fn drop_draft(&self, key: &str) -> Result<bool, StoreError> {
        self.write_pending("drop_draft", |db, _| Ok(db.prepare_cached(include_str!("draft/drop.sql"))?.execute([key])? > 0))
    }
}

#[cfg(test)]
mod tests;
