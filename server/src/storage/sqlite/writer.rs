//! Writing: one transaction on one shard.

use std::collections::HashMap;

use haitang_domain::{Body, Feed, Id, Key, Kind, Timestamp};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension as _, ToSql, params};

use super::accounts;
use super::reader::{self, LOG_BITS};
use crate::storage::{DeviceState, LogEntry, Result, ShardState, ShardWriter, Stored};

/// Bytes of JSON, bound as the text they are without being looked at again.
struct Json<'a>(&'a [u8]);

impl ToSql for Json<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Text(self.0)))
    }
}

/// What a record is looked up by besides its key: what it belongs to, and when it was.
fn indexed(body: &Body) -> (Option<Id>, Option<i64>) {
    match body {
        Body::Appointment(body) => (Some(body.member), None),
        Body::CheckIn(body) => (Some(body.activity), None),
        Body::Log(body) => (Some(body.org), Some(body.content.held.millis())),
        _ => (None, None),
    }
}

pub(super) struct Writing<'a> {
    connection: &'a Connection,
    shard: Id,
    shard_no: Option<i64>,
    feeds: HashMap<Feed, i64>,
    chains: HashMap<Id, i64>,
}

impl<'a> Writing<'a> {
    pub(super) fn new(connection: &'a Connection, shard: Id) -> Result<Self> {
        let shard_no = reader::shard_no(connection, shard)?;
        Ok(Self { connection, shard, shard_no, feeds: HashMap::new(), chains: HashMap::new() })
    }

    fn shard_no(&mut self) -> Result<i64> {
        if let Some(no) = self.shard_no {
            return Ok(no);
        }
        let mut statement = self.connection.prepare_cached(include_str!("sql/add_shard.sql"))?;
        let no = statement.query_row([self.shard.bytes()], |row| row.get(0))?;
        self.shard_no = Some(no);
        Ok(no)
    }

    fn feed_no(&mut self, feed: Feed) -> Result<i64> {
        if let Some(no) = self.feeds.get(&feed) {
            return Ok(*no);
        }
        let shard = self.shard_no()?;
        let values = params![feed.bytes(), shard];
        let mut find = self.connection.prepare_cached(include_str!("sql/feed_no.sql"))?;
        let no = match find.query_row(values, |row| row.get(0)).optional()? {
            Some(no) => no,
            None => self.connection.prepare_cached(include_str!("sql/add_feed.sql"))?.query_row(values, |row| row.get(0))?,
        };
        self.feeds.insert(feed, no);
        Ok(no)
    }

    fn chain_no(&mut self, device: Id) -> Result<i64> {
        if let Some(no) = self.chains.get(&device) {
            return Ok(*no);
        }
        let no = match reader::chain(self.connection, self.shard, device)? {
            Some((no, _)) => no,
            None => self.set_chain(device, &DeviceState { seq: 0, hash: [0; 32], floor: Timestamp::from_millis(0) })?,
        };
        self.chains.insert(device, no);
        Ok(no)
    }

    fn set_chain(&mut self, device: Id, state: &DeviceState) -> Result<i64> {
        let values = params![self.shard_no()?, device.bytes(), state.seq.cast_signed(), state.hash, state.floor.millis()];
        let mut statement = self.connection.prepare_cached(include_str!("sql/set_chain.sql"))?;
        Ok(statement.query_row(values, |row| row.get(0))?)
    }

    fn insert(&mut self, key: Key, body: &Body, version: i64) -> Result<i64> {
        let (owner, moment) = indexed(body);
        let json = body.to_json();
        let values = params![
            self.shard_no()?,
            key.kind as u8,
            version,
            key.id.bytes(),
            owner.as_ref().map(Id::bytes),
            moment,
            Json(&json)
        ];
        self.connection.prepare_cached(include_str!("sql/insert.sql"))?.execute(values)?;
        let no = self.connection.last_insert_rowid();
        for feed in body.feeds(key.id) {
            self.enter(feed, version, no)?;
        }
        Ok(no)
    }

    fn enter(&mut self, feed: Feed, version: i64, no: i64) -> Result<()> {
        let feed = self.feed_no(feed)?;
        self.connection.prepare_cached(include_str!("sql/enter.sql"))?.execute([feed, version, no])?;
        Ok(())
    }

    fn update(&mut self, key: Key, body: &Body, version: i64, before: &Stored) -> Result<i64> {
        let (owner, moment) = indexed(body);
        #[cfg(feature = "planted")]
        let moment = if haitang_planted::is(haitang_planted::Bug::StaleIndex) { indexed(&before.body).1 } else { moment };
        let json = body.to_json();
        let values = params![before.no, version, owner.as_ref().map(Id::bytes), moment, Json(&json)];
        self.connection.prepare_cached(include_str!("sql/update.sql"))?.execute(values)?;
        let (was_in, is_in) = (before.body.feeds(key.id), body.feeds(key.id));
        for feed in &was_in {
            #[cfg(feature = "planted")]
            if !is_in.contains(feed) && haitang_planted::is(haitang_planted::Bug::ForgetRemoval) {
                let feed = self.feed_no(*feed)?;
                self.connection.execute("DELETE FROM entry WHERE feed = ?1 AND record = ?2", params![feed, before.no])?;
                continue;
            }
            let sql = if is_in.contains(feed) { include_str!("sql/move.sql") } else { include_str!("sql/leave.sql") };
            let feed = self.feed_no(*feed)?;
            self.connection.prepare_cached(sql)?.execute([feed, before.version.cast_signed(), version])?;
        }
        for feed in is_in.into_iter().filter(|feed| !was_in.contains(feed)) {
            #[cfg(feature = "planted")]
            if haitang_planted::is(haitang_planted::Bug::ForgetArrival) {
                continue;
            }
            let gone = self.feed_no(feed)?;
            self.connection.prepare_cached(include_str!("sql/forget_gone.sql"))?.execute([before.no, gone])?;
            self.enter(feed, version, before.no)?;
        }
        Ok(before.no)
    }
}

impl ShardWriter for Writing<'_> {
    fn record(&self, key: Key) -> Result<Option<Stored>> {
        reader::record(self.connection, key)
    }

    fn appointments(&self, member: Id) -> Result<Vec<(Id, Body)>> {
        reader::owned(self.connection, Kind::Appointment, member)
    }

    fn state(&self) -> Result<Option<ShardState>> {
        reader::shard_state(self.connection, self.shard)
    }

    fn set_state(&mut self, state: &ShardState) -> Result<()> {
        let values = params![self.shard_no()?, state.version.cast_signed(), state.log_no.cast_signed(), state.log_hash];
        self.connection.prepare_cached(include_str!("sql/set_shard.sql"))?.execute(values)?;
        Ok(())
    }

    fn put(&mut self, key: Key, body: &Body, version: u64, before: Option<&Stored>) -> Result<i64> {
        match before {
            None => self.insert(key, body, version.cast_signed()),
            Some(before) => self.update(key, body, version.cast_signed(), before),
        }
    }

    fn is_revoked(&self, device: Id) -> Result<bool> {
        Ok(accounts::device(self.connection, device)?.is_some_and(|device| device.revoked.is_some()))
    }

    fn device(&self, device: Id) -> Result<Option<DeviceState>> {
        Ok(reader::chain(self.connection, self.shard, device)?.map(|(_, state)| state))
    }

    fn set_device(&mut self, device: Id, state: &DeviceState) -> Result<()> {
        self.set_chain(device, state).map(|_| ())
    }

    fn logged(&self, device: Id, seq: u64) -> Result<Option<(Vec<u8>, u64, Option<Vec<u8>>)>> {
        let Some((chain, _)) = reader::chain(self.connection, self.shard, device)? else { return Ok(None) };
        let mut statement = self.connection.prepare_cached(include_str!("sql/logged.sql"))?;
        let mut rows = statement.query([chain, seq.cast_signed()])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let refusal = row.get_ref(2)?.as_bytes_or_null().map_err(rusqlite::Error::from)?.map(<[u8]>::to_vec);
        Ok(Some((row.get(0)?, row.get::<_, i64>(1)?.cast_unsigned(), refusal)))
    }

    fn append(&mut self, entry: &LogEntry) -> Result<()> {
        let key = self.shard_no()? << LOG_BITS | entry.no.cast_signed();
        let values = params![
            key,
            self.chain_no(entry.device)?,
            entry.seq.cast_signed(),
            entry.version.cast_signed(),
            entry.received.millis(),
            entry.mono_ms.cast_signed(),
            entry.boot.bytes(),
            entry.signature,
            entry.refusal.as_deref().map(Json),
            entry.hash,
            entry.envelope,
        ];
        self.connection.prepare_cached(include_str!("sql/append.sql"))?.execute(values)?;
        Ok(())
    }
}
