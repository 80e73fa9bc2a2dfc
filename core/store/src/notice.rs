//! Notices, as screens list them.

use haitang_domain::notice::{Notice, Receipt};
use haitang_domain::{Id, Timestamp};
use rusqlite::params;

use crate::error::{Error, StoreError};
use crate::record::Found;
use crate::store::Store;

/// A notice with what one member said to it.
#[derive(Clone, Debug, PartialEq)]
pub struct NoticeLine {
    /// The notice.
    pub notice: Found<Notice>,
    /// That the member has read it, or has confirmed it.
    pub receipt: Option<Found<Receipt>>,
}

impl Store {
    /// Notices that hold at `now`, those `member` has not read first, the newest of each.
    pub fn notices(&self, member: Id, now: Timestamp, limit: u32) -> Result<Vec<NoticeLine>, StoreError> {
        self.read_with("notices", |db| {
            let mut statement = db.prepare_cached(include_str!("notice/notices.sql"))?;
            let read = |row: &rusqlite::Row<'_>| {
                Ok::<_, Error>(NoticeLine { notice: Found::read(row, 0)?, receipt: Found::read_opt(row, 4)? })
            };
            statement.query_and_then(params![member.to_string(), now.millis(), limit], read)?.collect()
        })
    }
}
