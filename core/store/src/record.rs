//! Records as they are stored, and reading them.

use haitang_domain::record::Typed as DomainTyped;
use haitang_domain::{Body, Id, Key, Kind};
use rusqlite::{Connection, OptionalExtension as _, params};
use serde::de::DeserializeOwned;

use crate::error::{Error, StoreError};
use crate::search;
use crate::store::Store;

/// A type that is the body of one kind of record and can be read from its JSON.
pub trait Typed: DomainTyped + DeserializeOwned {}
impl<T: DomainTyped + DeserializeOwned> Typed for T {}

/// A record as screens read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// JSON of the body, with pending commands applied.
    pub body: String,
    /// The version of the confirmed body in its shard; 0 where the server has told of none.
    pub version: u64,
    /// Whether a command that has not come back from the server has written it.
    pub pending: bool,
}

/// One record of a list, typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Found<T> {
    /// Which record.
    pub id: Id,
    /// The version of the confirmed body in its shard; 0 where the server has told of none.
    pub version: u64,
    /// Whether a command that has not come back from the server has written it.
    pub pending: bool,
    /// What it says, with pending commands applied.
    pub body: T,
}

impl<T: Typed> Found<T> {
    /// From the columns id, version, pending, body, the first of them at `at`.
    pub(crate) fn read(row: &rusqlite::Row<'_>, at: usize) -> Result<Self, Error> {
        Ok(Self {
            id: id_at(row, at)?,
            version: row.get::<_, i64>(at + 1)?.unsigned_abs(),
            pending: row.get(at + 2)?,
            body: serde_json::from_slice(row.get_ref(at + 3)?.as_bytes().map_err(rusqlite::Error::from)?)?,
        })
    }

    /// The same where an outer join may have found nothing.
    pub(crate) fn read_opt(row: &rusqlite::Row<'_>, at: usize) -> Result<Option<Self>, Error> {
        if row.get_ref(at)? == rusqlite::types::ValueRef::Null { Ok(None) } else { Self::read(row, at).map(Some) }
    }
}

/// A record with all that is kept of it, for what must see everything: a check, an export of one's own data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Which record; `None` for one of a newer version's kinds.
    pub key: Option<Key>,
    /// The version of the confirmed body in its shard; 0 where the server has told of none.
    pub version: u64,
    /// What the server last said of it, if it said anything.
    pub confirmed: Option<String>,
    /// What screens show, where a pending command has written it.
    pub pending: Option<String>,
    /// How many of this phone's feeds hold it.
    pub feeds: u64,
}

/// An id in a column of 16 bytes.
pub(crate) fn id_at(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<Id> {
    row.get(at).map(Id::from_bytes)
}

/// A record as it is stored.
pub(crate) struct Stored {
    pub no: i64,
    pub shard: i64,
    pub version: i64,
    pub body: String,
    pub base: Option<String>,
}

impl Stored {
    /// What the server last said of it, if it said anything.
    pub fn confirmed(&self) -> Option<&str> {
        Some(self.base.as_deref().unwrap_or(&self.body)).filter(|body| !body.is_empty())
    }

    /// Whether what the server last said of it includes what was accepted with this version.
    pub fn includes(&self, accepted: i64) -> bool {
        self.version.abs() >= accepted && self.confirmed().is_some()
    }
}

pub(crate) fn load(db: &Connection, key: Key) -> Result<Option<Stored>, Error> {
    let mut statement = db.prepare_cached(include_str!("record/load.sql"))?;
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Stored { no: row.get(0)?, shard: row.get(1)?, version: row.get(2)?, body: row.get(3)?, base: row.get(4)? })
    };
    Ok(statement.query_row((key.id.bytes(), key.kind as u8), read).optional()?)
}

/// Lets a record say what a command of this phone led to. Returns its number.
pub(crate) fn write(db: &Connection, key: Key, shard: i64, json: &str) -> Result<i64, Error> {
    let mut statement = db.prepare_cached(include_str!("record/write.sql"))?;
    #[cfg(feature = "planted")]
    if haitang_planted::is(haitang_planted::Bug::ShownForConfirmed) {
        let no = statement.query_row(params![key.id.bytes(), key.kind as u8, shard, json], |row| row.get(0))?;
        db.execute("UPDATE record SET base = body WHERE no = ?1 AND base <> ''", [no])?;
        return Ok(no);
    }
    Ok(statement.query_row(params![key.id.bytes(), key.kind as u8, shard, json], |row| row.get(0))?)
}

/// Deletes a record, and what is kept beside it.
pub(crate) fn delete(db: &Connection, no: i64, kind: u8) -> Result<(), Error> {
    db.prepare_cached(include_str!("record/delete.sql"))?.execute([no])?;
    search::index::drop(db, no, kind)
}

/// Lets a record say what is confirmed, or `effect` (with the shard for a new one) over that. Returns whether that changed it.
pub(crate) fn show(db: &Connection, key: Key, effect: Option<(&Body, i64)>) -> Result<bool, Error> {
    let stored = load(db, key)?;
    if let Some((body, shard)) = effect {
        let json = text_of(body)?;
        if stored.is_some_and(|stored| stored.body == json && stored.base.is_some()) {
            return Ok(false);
        }
        let no = write(db, key, shard, &json)?;
        search::index::mark(db, no, key.kind as u8)?;
        return Ok(true);
    }
    let Some(Stored { no, body, base: Some(base), .. }) = stored else { return Ok(false) };
    if base == body {
        db.prepare_cached(include_str!("record/agree.sql"))?.execute([no])?;
        return Ok(false);
    }
    if base.is_empty() {
        delete(db, no, key.kind as u8)?;
    } else {
        db.prepare_cached(include_str!("record/settle.sql"))?.execute(params![no, base])?;
        search::index::mark(db, no, key.kind as u8)?;
    }
    Ok(true)
}

/// The body as the text that is stored.
pub(crate) fn text_of(body: &Body) -> Result<String, Error> {
    String::from_utf8(body.to_json()).map_err(|_| Error::Misuse("a body is text"))
}

/// The number of a shard, which is given one if it has none.
pub(crate) fn shard_no(db: &Connection, id: Id) -> Result<i64, Error> {
    if let Some(no) = known_shard(db, id)? {
        return Ok(no);
    }
    Ok(db.prepare_cached(include_str!("record/add_shard.sql"))?.query_row([id.bytes()], |row| row.get(0))?)
}

/// The number of a shard, if it has one.
pub(crate) fn known_shard(db: &Connection, id: Id) -> Result<Option<i64>, Error> {
    Ok(db.prepare_cached(include_str!("record/shard.sql"))?.query_row([id.bytes()], |row| row.get(0)).optional()?)
}

/// The shard of this number.
pub(crate) fn shard_id(db: &Connection, no: i64) -> Result<Id, Error> {
    Ok(db.prepare_cached(include_str!("record/shard_id.sql"))?.query_row([no], |row| id_at(row, 0))?)
}

/// The key of a stored kind and id; `None` where the kind is of a newer version.
pub(crate) fn key_of(kind: u8, id: [u8; 16]) -> Option<Key> {
    Some(Key::new(Kind::from_number(kind)?, Id::from_bytes(id)))
}

impl Store {
    /// One record, if it is there.
    pub fn get(&self, key: Key) -> Result<Option<Row>, StoreError> {
        self.read_with("get", |db| {
            let mut statement = db.prepare_cached(include_str!("record/get.sql"))?;
            let read = |row: &rusqlite::Row<'_>| {
                Ok(Row { body: row.get(0)?, version: row.get::<_, i64>(1)?.unsigned_abs(), pending: row.get(2)? })
            };
            Ok(statement.query_row((key.id.bytes(), key.kind as u8), read).optional()?)
        })
    }

    /// One record, typed, with where it stands, if it is there.
    pub fn find<T: Typed>(&self, id: Id) -> Result<Option<Found<T>>, StoreError> {
        let found = self.get(Key::new(T::KIND, id))?;
        let typed = |row: Row| {
            let body = serde_json::from_str(&row.body).map_err(|error| Error::from(error).during("find"))?;
            Ok(Found { id, version: row.version, pending: row.pending, body })
        };
        found.map(typed).transpose()
    }

    /// What one record says, typed, if it is there.
    pub fn read<T: Typed>(&self, id: Id) -> Result<Option<T>, StoreError> {
        Ok(self.find(id)?.map(|found| found.body))
    }

    /// Hands every record to `visit`, one at a time.
    pub fn every_record(&self, mut visit: impl FnMut(Held)) -> Result<(), StoreError> {
        self.read_with("every_record", |db| {
            let mut statement = db.prepare_cached(include_str!("record/every.sql"))?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let (body, base): (String, Option<String>) = (row.get(3)?, row.get(4)?);
                let (confirmed, pending) = match base {
                    Some(base) => (Some(base).filter(|base| !base.is_empty()), Some(body)),
                    None => (Some(body), None),
                };
                visit(Held {
                    key: key_of(row.get(0)?, row.get(1)?),
                    version: row.get::<_, i64>(2)?.unsigned_abs(),
                    confirmed,
                    pending,
                    feeds: row.get::<_, i64>(5)?.cast_unsigned(),
                });
            }
            Ok(())
        })
    }

    /// What the server last said of a record, without what is pending; `None` where it said nothing.
    pub fn confirmed(&self, key: Key) -> Result<Option<String>, StoreError> {
        self.read_with("confirmed", |db| Ok(load(db, key)?.and_then(|stored| stored.confirmed().map(ToOwned::to_owned))))
    }
}
