//! Notices, as screens list them.

use haitang_domain::notice::{Notice, Receipt};
use haitang_domain::{Id, Key, Kind, Timestamp};
use rusqlite::params;

use crate::error::{Error, StoreError};
use crate::paging::{FIRST, anchor};
use crate::record::{Found, load};
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
    /// Notices that hold at `now`, those `member` has not read first, the newest of each; from after the one that the page before
    /// ended with, by whether it is read by now.
    pub fn notices(&self, member: Id, now: Timestamp, after: Option<Id>, limit: u32) -> Result<Vec<NoticeLine>, StoreError> {
        self.read_with("notices", |db| {
            let last = match anchor::<Notice>(db, after)? {
                None => (-1, i64::MIN, FIRST),
                Some((last, id)) => {
                    let is_read = load(db, Key::new(Kind::Receipt, Receipt::id(id, member)))?.is_some();
                    (i64::from(is_read), -last.effective.millis(), *id.bytes())
                }
            };
            let mut statement = db.prepare_cached(include_str!("notice/notices.sql"))?;
            let read = |row: &rusqlite::Row<'_>| {
                Ok::<_, Error>(NoticeLine { notice: Found::read(row, 0)?, receipt: Found::read_opt(row, 4)? })
            };
            statement.query_and_then(params![member.to_string(), now.millis(), last.0, last.1, last.2, limit], read)?.collect()
        })
    }
}
