//! Whether the store keeps what it promises of itself.

use std::collections::BTreeSet;

use haitang_domain::Key;
use haitang_protocol::{ChainHash, Envelope};
use rusqlite::Connection;

use crate::error::{Error, StoreError};
use crate::push;
use crate::record::key_of;
use crate::replay::{Graph, Pending, replay};
use crate::store::Store;

impl Store {
    /// Looks for what cannot be in a sound store: a chain that is broken, a record that nothing holds, and screens that show something
    /// else than the outbox replayed over what the server said. What was found, in words; changes nothing.
    ///
    /// Reads everything: for tests, and for support.
    pub fn check(&self) -> Result<Option<String>, StoreError> {
        self.try_out("check", |db| {
            if let Some(wrong) = chains(db)? {
                return Ok(Some(wrong));
            }
            if let Some(wrong) = unheld(db)? {
                return Ok(Some(wrong));
            }
            shown(db)
        })
    }
}

/// Each command of the outbox follows on the one before to its shard.
fn chains(db: &Connection) -> Result<Option<String>, Error> {
    let mut statement = db.prepare_cached(include_str!("check/chains.sql"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (shard, seq) = (row.get::<_, i64>(0)?, row.get::<_, i64>(1)?.cast_unsigned());
        let bytes = row.get_ref(2)?.as_bytes().map_err(rusqlite::Error::from)?;
        let hash = ChainHash(row.get(3)?);
        let envelope = Envelope::parse(bytes).map_err(|_| Error::Corrupt(format!("command {seq} cannot be read")))?;
        // The one before may be known no more: only the newest of those that were answered for good are kept.
        let before = push::link(db, shard, envelope.prev_seq.cast_signed())?;
        if envelope.seq != seq || envelope.prev_seq >= seq || before.is_some_and(|link| link.next(bytes) != hash) {
            return Ok(Some(format!("command {seq} does not follow on the one before")));
        }
    }
    Ok(None)
}

/// No record lies about that no feed holds and no command of this phone made.
fn unheld(db: &Connection) -> Result<Option<String>, Error> {
    let mut statement = db.prepare_cached(include_str!("check/unheld.sql"))?;
    let mut rows = statement.query([])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let key = key_of(row.get(0)?, row.get(1)?);
    Ok(Some(format!("{} is held by no feed", key.map_or_else(|| "a record".to_owned(), |key| key.to_string()))))
}

/// Screens show the outbox replayed over what the server said, where none of it was accepted: see `replay`.
fn shown(db: &Connection) -> Result<Option<String>, Error> {
    let graph = Graph::load(db)?;
    if graph.iter().any(|(_, node)| node.accepted.is_some()) {
        return Ok(None);
    }
    let seeds: Vec<i64> = graph.iter().map(|(seq, _)| seq).collect();
    let mut statement = db.prepare_cached(include_str!("check/pending.sql"))?;
    let rows = statement.query_map([], |row| Ok(key_of(row.get(0)?, row.get(1)?)))?;
    let dirty: BTreeSet<Key> = rows.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
    let changed = replay(db, &mut Pending::default(), &dirty, &seeds)?;
    Ok(changed.first().map(|kind| format!("a {} is shown as the outbox does not make it", kind.name())))
}
