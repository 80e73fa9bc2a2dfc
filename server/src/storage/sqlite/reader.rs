//! Reading: one consistent snapshot, and what a writer reads too.

use haitang_domain::attachment::Sha256;
use haitang_domain::{Body, Feed, Id, Key, Kind, Timestamp};
use rusqlite::{Connection, OptionalExtension as _, Row, ToSql, params};

use crate::storage::{DeviceState, FeedChange, LogEntry, Result, ShardState, Snapshot, StorageError, Stored};

/// Bits of a log key that number the entry; the shard's number stands above them.
pub(super) const LOG_BITS: u32 = 40;

pub(super) fn id_at(row: &Row<'_>, column: usize) -> rusqlite::Result<Id> {
    row.get(column).map(Id::from_bytes)
}

fn parse(kind: Kind, id: Id, json: &[u8]) -> Result<Body> {
    Body::parse(kind, json).map_err(|error| StorageError::Damaged(format!("{}: {error}", Key::new(kind, id))))
}

pub(super) fn record(connection: &Connection, key: Key) -> Result<Option<Stored>> {
    let mut statement = connection.prepare_cached(include_str!("sql/record.sql"))?;
    let mut rows = statement.query(params![key.id.bytes(), key.kind as u8])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let body = parse(key.kind, key.id, row.get_ref(3)?.as_bytes().map_err(rusqlite::Error::from)?)?;
    Ok(Some(Stored { no: row.get(0)?, shard: id_at(row, 1)?, version: row.get::<_, i64>(2)?.cast_unsigned(), body }))
}

/// Records of one kind: the id first, then the body.
fn bodies(connection: &Connection, kind: Kind, sql: &str, values: &[&dyn ToSql]) -> Result<Vec<(Id, Body)>> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(values)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let id = id_at(row, 0)?;
        found.push((id, parse(kind, id, row.get_ref(1)?.as_bytes().map_err(rusqlite::Error::from)?)?));
    }
    Ok(found)
}

/// Records of a kind by what they belong to.
pub(super) fn owned(connection: &Connection, kind: Kind, owner: Id) -> Result<Vec<(Id, Body)>> {
    bodies(connection, kind, include_str!("sql/owned.sql"), &[&(kind as u8), owner.bytes()])
}

fn ids(connection: &Connection, sql: &str, value: &dyn ToSql) -> Result<Vec<Id>> {
    let mut statement = connection.prepare_cached(sql)?;
    let found = statement.query_map([value], |row| id_at(row, 0))?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn shard_state(connection: &Connection, shard: Id) -> Result<Option<ShardState>> {
    let mut statement = connection.prepare_cached(include_str!("sql/shard.sql"))?;
    Ok(statement.query_row([shard.bytes()], |row| state_at(row, 0)).optional()?)
}

fn state_at(row: &Row<'_>, first: usize) -> rusqlite::Result<ShardState> {
    Ok(ShardState {
        version: row.get::<_, i64>(first)?.cast_unsigned(),
        log_no: row.get::<_, i64>(first + 1)?.cast_unsigned(),
        log_hash: row.get(first + 2)?,
    })
}

pub(super) fn shard_no(connection: &Connection, shard: Id) -> Result<Option<i64>> {
    let mut statement = connection.prepare_cached(include_str!("sql/shard_no.sql"))?;
    Ok(statement.query_row([shard.bytes()], |row| row.get(0)).optional()?)
}

/// The number of a device's chain in a shard, and where it stands.
pub(super) fn chain(connection: &Connection, shard: Id, device: Id) -> Result<Option<(i64, DeviceState)>> {
    let mut statement = connection.prepare_cached(include_str!("sql/chain.sql"))?;
    let read = |row: &Row<'_>| {
        let seq = row.get::<_, i64>(1)?.cast_unsigned();
        Ok((row.get(0)?, DeviceState { seq, hash: row.get(2)?, floor: Timestamp::from_millis(row.get(3)?) }))
    };
    Ok(statement.query_row(params![device.bytes(), shard.bytes()], read).optional()?)
}

fn feed_in(connection: &Connection, shard: Id, feed: Feed) -> Result<Option<i64>> {
    let mut statement = connection.prepare_cached(include_str!("sql/feed_in.sql"))?;
    Ok(statement.query_row(params![feed.bytes(), shard.bytes()], |row| row.get(0)).optional()?)
}

/// One transaction that only reads.
pub(super) struct Reading<'a>(pub &'a Connection);

impl Snapshot for Reading<'_> {
    fn record(&self, key: Key) -> Result<Option<Stored>> {
        record(self.0, key)
    }

    fn appointments(&self, member: Id) -> Result<Vec<(Id, Body)>> {
        owned(self.0, Kind::Appointment, member)
    }

    fn logs_of(&self, org: Id, first: Timestamp, last: Timestamp) -> Result<Vec<(Id, Body)>> {
        let values: [&dyn ToSql; 4] = [&(Kind::Log as u8), org.bytes(), &first.millis(), &last.millis()];
        bodies(self.0, Kind::Log, include_str!("sql/logs_of.sql"), &values)
    }

    fn check_ins_of(&self, activity: Id) -> Result<Vec<Body>> {
        Ok(owned(self.0, Kind::CheckIn, activity)?.into_iter().map(|(_, body)| body).collect())
    }

    fn has_file(&self, sha256: &Sha256) -> Result<bool> {
        Ok(self.0.prepare_cached(include_str!("sql/has_file.sql"))?.query_row([sha256.0], |row| row.get(0))?)
    }

    fn shards(&self) -> Result<Vec<(Id, ShardState)>> {
        let mut statement = self.0.prepare_cached(include_str!("sql/shards.sql"))?;
        let found = statement.query_map([], |row| Ok((id_at(row, 0)?, state_at(row, 1)?)))?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    fn shard(&self, shard: Id) -> Result<Option<ShardState>> {
        shard_state(self.0, shard)
    }

    fn shards_of(&self, feed: Feed) -> Result<Vec<Id>> {
        ids(self.0, include_str!("sql/shards_of.sql"), &feed.bytes())
    }

    fn waiting(&self, shard: Id, feed: Feed, after: u64) -> Result<u64> {
        let Some(feed) = feed_in(self.0, shard, feed)? else { return Ok(0) };
        let mut statement = self.0.prepare_cached(include_str!("sql/waiting.sql"))?;
        let count: i64 = statement.query_row(params![feed, after.cast_signed()], |row| row.get(0))?;
        Ok(count.cast_unsigned())
    }

    fn changes(
        &self,
        shard: Id,
        feed: Feed,
        after: u64,
        removals: bool,
        visit: &mut dyn FnMut(FeedChange<'_>) -> bool,
    ) -> Result<()> {
        let Some(feed) = feed_in(self.0, shard, feed)? else { return Ok(()) };
        let mut statement = self.0.prepare_cached(include_str!("sql/changes.sql"))?;
        let mut rows = statement.query(params![feed, after.cast_signed(), removals])?;
        while let Some(row) = rows.next()? {
            let change = FeedChange {
                kind: row.get(0)?,
                id: id_at(row, 1)?,
                version: row.get::<_, i64>(2)?.cast_unsigned(),
                body: row.get_ref(3)?.as_bytes_or_null().map_err(rusqlite::Error::from)?,
            };
            if !visit(change) {
                break;
            }
        }
        Ok(())
    }

    fn log(&self, shard: Id, after: u64, visit: &mut dyn FnMut(LogEntry) -> bool) -> Result<()> {
        let Some(shard) = shard_no(self.0, shard)? else { return Ok(()) };
        let start = shard << LOG_BITS;
        let mut statement = self.0.prepare_cached(include_str!("sql/log.sql"))?;
        let mut rows = statement.query([start + after.cast_signed() + 1, start + (1 << LOG_BITS) - 1])?;
        while let Some(row) = rows.next()? {
            let entry = LogEntry {
                no: (row.get::<_, i64>(0)? - start).cast_unsigned(),
                device: id_at(row, 1)?,
                seq: row.get::<_, i64>(2)?.cast_unsigned(),
                envelope: row.get(3)?,
                received: Timestamp::from_millis(row.get(4)?),
                mono_ms: row.get::<_, i64>(5)?.cast_unsigned(),
                boot: id_at(row, 6)?,
                signature: row.get(7)?,
                version: row.get::<_, i64>(8)?.cast_unsigned(),
                refusal: row.get_ref(9)?.as_bytes_or_null().map_err(rusqlite::Error::from)?.map(<[u8]>::to_vec),
                hash: row.get(10)?,
            };
            if !visit(entry) {
                break;
            }
        }
        Ok(())
    }

    fn versions(&self, shard: Id, visit: &mut dyn FnMut(Key, u64) -> bool) -> Result<()> {
        let Some(shard) = shard_no(self.0, shard)? else { return Ok(()) };
        let mut statement = self.0.prepare_cached(include_str!("sql/versions.sql"))?;
        let mut rows = statement.query([shard])?;
        while let Some(row) = rows.next()? {
            let number: u8 = row.get(0)?;
            let kind = Kind::from_number(number).ok_or_else(|| StorageError::Damaged(format!("a record of kind {number}")))?;
            if !visit(Key::new(kind, id_at(row, 1)?), row.get::<_, i64>(2)?.cast_unsigned()) {
                break;
            }
        }
        Ok(())
    }

    fn device_key(&self, device: Id) -> Result<Option<[u8; 32]>> {
        let mut statement = self.0.prepare_cached(include_str!("sql/device_key.sql"))?;
        Ok(statement.query_row([device.bytes()], |row| row.get(0)).optional()?)
    }

    fn device_state(&self, shard: Id, device: Id) -> Result<Option<DeviceState>> {
        Ok(chain(self.0, shard, device)?.map(|(_, state)| state))
    }
}
