//! Studies and reviews, as screens list them.

use haitang_domain::study::{Learning, Review, Study};
use haitang_domain::{Id, Timestamp};
use rusqlite::params;

use crate::error::{Error, StoreError};
use crate::record::Found;
use crate::store::Store;

/// A study with how far one member has come.
#[derive(Clone, Debug, PartialEq)]
pub struct StudyLine {
    /// The study.
    pub study: Found<Study>,
    /// How far the member has come, once begun.
    pub learning: Option<Found<Learning>>,
}

impl Store {
    /// Studies offered at `now`: those `member` has not finished first, what should be done soonest before the rest.
    pub fn studies(&self, member: Id, now: Timestamp, limit: u32) -> Result<Vec<StudyLine>, StoreError> {
        self.read_with("studies", |db| {
            let mut statement = db.prepare_cached(include_str!("study/studies.sql"))?;
            let read = |row: &rusqlite::Row<'_>| {
                Ok::<_, Error>(StudyLine { study: Found::read(row, 0)?, learning: Found::read_opt(row, 4)? })
            };
            statement.query_and_then(params![member.to_string(), now.millis(), limit], read)?.collect()
        })
    }

    /// Reviews of `member` that are due at `now`, the longest due first.
    pub fn reviews_due(&self, member: Id, now: Timestamp, limit: u32) -> Result<Vec<Found<Review>>, StoreError> {
        self.found("reviews_due", include_str!("study/reviews_due.sql"), params![member.to_string(), now.millis(), limit])
    }
}
