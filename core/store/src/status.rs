//! How much is not yet on the server, and why.

use haitang_domain::{Feed, Id, Timestamp};

use crate::error::StoreError;
use crate::record::id_at;
use crate::store::Store;

/// What is under way in both directions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// Commands the server has not answered.
    pub waiting: u64,
    /// Commands it accepted whose effect no pull has brought yet.
    pub accepted: u64,
    /// Commands it refused, for their author to settle.
    pub refused: u64,
    /// Of those that wait: those the phone now expects to be refused.
    pub doubtful: u64,
    /// Commands made in a feed that this phone no longer reads.
    pub feed_lost: u64,
    /// When the command that has waited longest was made.
    pub oldest: Option<Timestamp>,
    /// Files to send.
    pub files: u64,
    /// Bytes of these that the server has not.
    pub file_bytes: u64,
    /// Files that commands name and that cannot be sent: never handed over, or declined by the server.
    pub files_stuck: u64,
    /// Whether a pull was whole at least once.
    pub synced: bool,
    /// By shard.
    pub shards: Vec<ShardStatus>,
    /// By feed, with what the server still has for this phone.
    pub feeds: Vec<FeedStatus>,
}

/// What is under way to one shard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShardStatus {
    /// The shard.
    pub shard: Id,
    /// Commands it has not answered.
    pub waiting: u64,
    /// Commands it accepted whose effect no pull has brought yet.
    pub accepted: u64,
    /// Commands it refused.
    pub refused: u64,
}

/// How far one feed has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedStatus {
    /// The shard.
    pub shard: Id,
    /// The feed.
    pub feed: Feed,
    /// Everything up to this version is here.
    pub cursor: u64,
    /// Changes still to come, as the server last said.
    pub waiting: u64,
}

fn count(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<u64> {
    row.get::<_, i64>(at).map(i64::cast_unsigned)
}

impl Store {
    /// How much is not yet on the server, and what is still to come from it.
    pub fn status(&self) -> Result<Status, StoreError> {
        self.read_with("status", |db| {
            let read = |row: &rusqlite::Row<'_>| {
                Ok(Status {
                    doubtful: count(row, 0)?,
                    feed_lost: count(row, 1)?,
                    files: count(row, 2)?,
                    file_bytes: count(row, 3)?,
                    files_stuck: count(row, 4)?,
                    oldest: row.get::<_, Option<i64>>(5)?.map(Timestamp::from_millis),
                    synced: row.get(6)?,
                    ..Status::default()
                })
            };
            let mut status = db.prepare_cached(include_str!("status/counts.sql"))?.query_row([], read)?;
            let shard = |row: &rusqlite::Row<'_>| {
                let (waiting, accepted, refused) = (count(row, 1)?, count(row, 2)?, count(row, 3)?);
                Ok(ShardStatus { shard: id_at(row, 0)?, waiting, accepted, refused })
            };
            let mut statement = db.prepare_cached(include_str!("status/shards.sql"))?;
            status.shards = statement.query_map([], shard)?.collect::<Result<_, _>>()?;
            let mut statement = db.prepare_cached(include_str!("status/feeds.sql"))?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let (shard, cursor, waiting) = (id_at(row, 0)?, count(row, 2)?, count(row, 3)?);
                let feed = Feed::from_slice(&row.get::<_, [u8; 17]>(1)?);
                status.feeds.extend(feed.map(|feed| FeedStatus { shard, feed, cursor, waiting }));
            }
            status.waiting = status.shards.iter().map(|shard| shard.waiting).sum();
            status.accepted = status.shards.iter().map(|shard| shard.accepted).sum();
            status.refused = status.shards.iter().map(|shard| shard.refused).sum();
            Ok(status)
        })
    }
}
