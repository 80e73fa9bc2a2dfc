//! Papers, as screens list them.

use haitang_domain::quiz::{Attempt, Paper};
use haitang_domain::{Id, Timestamp};
use rusqlite::params;

use crate::error::{Error, StoreError};
use crate::record::Found;
use crate::store::Store;

/// A paper with one member's last attempt at it.
#[derive(Clone, Debug, PartialEq)]
pub struct PaperLine {
    /// The paper.
    pub paper: Found<Paper>,
    /// The last attempt, once there is one.
    pub attempt: Option<Found<Attempt>>,
}

impl Store {
    /// Papers that can be taken at `now`, then those `member` has taken that cannot any more; the newest of each first.
    pub fn papers(&self, member: Id, now: Timestamp, limit: u32) -> Result<Vec<PaperLine>, StoreError> {
        self.read_with("papers", |db| {
            let mut statement = db.prepare_cached(include_str!("quiz/papers.sql"))?;
            let read = |row: &rusqlite::Row<'_>| {
                Ok::<_, Error>(PaperLine { paper: Found::read(row, 0)?, attempt: Found::read_opt(row, 4)? })
            };
            statement.query_and_then(params![member.to_string(), now.millis(), limit], read)?.collect()
        })
    }
}
