//! Taking in the changes of one page.

use std::collections::{BTreeMap, BTreeSet};

use haitang_domain::{Id, Key, Kind};
use haitang_protocol::pull::Change;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, Connection, OptionalExtension as _, ToSql, params};

use super::{forget, is_held};
use crate::error::Error;
use crate::lens::appointments_of;
use crate::record;
use crate::replay::{Graph, Pending};
use crate::{identity, push, search};

/// Bytes of JSON, bound as the text they are without being looked at again.
struct Json<'a>(&'a [u8]);

impl ToSql for Json<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Text(self.0)))
    }
}

/// What waits in the outbox, where anything does.
struct Waiting<'a> {
    graph: &'a mut Graph,
    /// The member whose appointments it depends on.
    me: Id,
}

/// The changes of one page, of which so many are taken in.
pub(super) struct Taking<'a> {
    db: &'a Connection,
    shard_no: i64,
    feed_no: i64,
    upsert: CachedStatement<'a>,
    belong: CachedStatement<'a>,
    next_no: i64,
    indexed: i64,
    waiting: Option<Waiting<'a>>,
    /// Records of which pending commands may have to be judged again.
    dirty: BTreeSet<Key>,
    kinds: [bool; 256],
}

impl<'a> Taking<'a> {
    pub(super) fn new(db: &'a Connection, pending: &'a mut Pending, shard_no: i64, feed_no: i64) -> Result<Self, Error> {
        let idle: bool = db.prepare_cached(include_str!("../outbox/is_empty.sql"))?.query_row([], |row| row.get(0))?;
        let next_no = db.prepare_cached(include_str!("next_no.sql"))?.query_row([], |row| row.get(0))?;
        Ok(Self {
            db,
            shard_no,
            feed_no,
            upsert: db.prepare_cached(include_str!("upsert.sql"))?,
            belong: db.prepare_cached(include_str!("belong.sql"))?,
            // What was last inserted, perhaps elsewhere, must not look like the first insert of this page.
            next_no: if db.last_insert_rowid() == next_no { next_no + 1 } else { next_no },
            indexed: search::index::reached(db)?,
            waiting: if idle { None } else { Some(Waiting { graph: pending.graph(db)?, me: identity::load(db)?.member }) },
            dirty: BTreeSet::new(),
            kinds: [false; 256],
        })
    }

    pub(super) fn take(&mut self, change: Change<'_>) -> Result<(), Error> {
        self.kinds[usize::from(change.kind)] = true;
        let touched = self.touched(&change);
        let Some(body) = change.body else { return self.leave(&change) };
        if let Some(key) = touched
            && self.confirm(key, &change, body)?
        {
            return Ok(());
        }
        let id = change.id.bytes();
        let values = params![self.next_no, change.kind, id, self.shard_no, change.version.cast_signed(), Json(body)];
        let written = self.upsert.execute(values)?;
        // An update leaves the last number that was inserted as it was, which is always a smaller one.
        let no = if written == 1 && self.db.last_insert_rowid() == self.next_no {
            self.next_no += 1;
            self.next_no - 1
        } else {
            let no = self.number(&change)?.ok_or(Error::Misuse("a record that was there is gone"))?;
            if written == 1 && no <= self.indexed {
                search::index::mark(self.db, no, change.kind)?;
            }
            no
        };
        self.belong.execute([no, self.feed_no])?;
        Ok(())
    }

    /// Notes a change that pending commands may depend on, and says which record that is.
    fn touched(&mut self, change: &Change<'_>) -> Option<Key> {
        let waiting = self.waiting.as_ref()?;
        let kind = Kind::from_number(change.kind)?;
        let key = Key::new(kind, change.id);
        if kind == Kind::Appointment {
            self.dirty.insert(appointments_of(waiting.me));
        }
        waiting.graph.touches(key).then(|| {
            self.dirty.insert(key);
            key
        })
    }

    /// Takes in the confirmed body of a record that pending commands have written; `false` where none has.
    fn confirm(&mut self, key: Key, change: &Change<'_>, body: &[u8]) -> Result<bool, Error> {
        let Some(stored) = record::load(self.db, key)? else { return Ok(false) };
        let Some(base) = &stored.base else { return Ok(false) };
        let version = change.version.cast_signed();
        if version > stored.version || base.is_empty() {
            let values = params![stored.no, self.shard_no, version, Json(body)];
            self.db.prepare_cached(include_str!("confirm.sql"))?.execute(values)?;
        }
        self.belong.execute([stored.no, self.feed_no])?;
        Ok(true)
    }

    fn number(&self, change: &Change<'_>) -> Result<Option<i64>, Error> {
        let mut find = self.db.prepare_cached(include_str!("find.sql"))?;
        Ok(find.query_row(params![change.id.bytes(), change.kind], |row| row.get(0)).optional()?)
    }

    fn leave(&mut self, change: &Change<'_>) -> Result<(), Error> {
        let Some(no) = self.number(change)? else { return Ok(()) };
        let left = self.db.prepare_cached(include_str!("leave.sql"))?.execute([no, self.feed_no])?;
        if left == 1 && !is_held(self.db, no)? {
            forget(self.db, no)?;
        }
        Ok(())
    }

    /// Lets those commands go that the page has settled. Returns the kinds of the records that came, and the records over which
    /// pending commands have to be judged again.
    pub(super) fn end(mut self) -> Result<(BTreeSet<Kind>, BTreeSet<Key>), Error> {
        self.retire()?;
        let kinds = Kind::ALL.iter().copied().filter(|kind| self.kinds[usize::from(*kind as u8)]).collect();
        Ok((kinds, self.dirty))
    }

    /// Takes accepted commands of which every effect has arrived out of the outbox, and with them the records that nothing
    /// pending touches any more and that already show what was confirmed: the usual end of a command, without judging again.
    fn retire(&mut self) -> Result<(), Error> {
        let Some(Waiting { graph, .. }) = &mut self.waiting else { return Ok(()) };
        let mut settled = BTreeMap::new();
        let accepted = |graph: &Graph, seq| graph.get(seq).is_some_and(|node| node.accepted.is_some());
        let candidates = self.dirty.iter().flat_map(|key| graph.writing(*key)).filter(|seq| accepted(graph, *seq));
        for seq in candidates.collect::<BTreeSet<_>>() {
            let Some(written) = arrived(self.db, graph, seq)? else { continue };
            push::retire(self.db, seq, false)?;
            graph.remove(seq);
            settled.extend(written);
        }
        for (key, agreed) in settled {
            if graph.touches(key) || agreed.is_none() {
                self.dirty.insert(key);
            } else if let Some(no) = agreed {
                self.db.prepare_cached(include_str!("agree.sql"))?.execute([no])?;
                self.dirty.remove(&key);
            }
        }
        Ok(())
    }
}

/// The records an accepted command wrote, each with its number where what is shown is what was confirmed; `None` where not all of
/// its effect has arrived, as far as can be known from the records. What stays is settled by the end of the pull.
fn arrived(db: &Connection, graph: &Graph, seq: i64) -> Result<Option<BTreeMap<Key, Option<i64>>>, Error> {
    let Some((node, accepted)) = graph.get(seq).and_then(|node| Some((node, node.accepted?))) else { return Ok(None) };
    let mut written = BTreeMap::new();
    for key in node.touched.written() {
        // Nor can it be known here of changed appointments, which are noted under a key that no record has.
        let Some(stored) = record::load(db, key)? else { return Ok(None) };
        if !stored.includes(accepted) {
            return Ok(None);
        }
        let agrees = stored.base.as_deref() == Some(stored.body.as_str());
        written.insert(key, agrees.then_some(stored.no));
    }
    Ok(Some(written))
}
