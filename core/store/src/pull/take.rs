//! Taking in the changes of one page.

use std::collections::{BTreeSet, HashMap};

use haitang_domain::{Id, Key, Kind};
use haitang_protocol::pull::Change;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, Connection, OptionalExtension as _, ToSql, params};

use super::{forget, is_held};
use crate::error::Error;
use crate::lens::appointments_of;
use crate::record;
use crate::replay::{Graph, Node, Pending};
use crate::{identity, search};

/// Bytes of JSON, bound as the text they are without being looked at again.
struct Json<'a>(&'a [u8]);

impl ToSql for Json<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Text(self.0)))
    }
}

/// What waits in the outbox, where anything does.
struct Waiting<'a> {
    graph: &'a Graph,
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
        #[cfg(feature = "planted")]
        if haitang_planted::is(haitang_planted::Bug::KeepWhatLeft) {
            return Ok(());
        }
        let Some(no) = self.number(change)? else { return Ok(()) };
        let left = self.db.prepare_cached(include_str!("leave.sql"))?.execute([no, self.feed_no])?;
        if left == 1 && !is_held(self.db, no)? {
            forget(self.db, no)?;
        }
        Ok(())
    }

    /// Returns the kinds of the records that came, and the records over which pending commands have to be judged again.
    pub(super) fn end(self) -> (BTreeSet<Kind>, BTreeSet<Key>) {
        let kinds = Kind::ALL.iter().copied().filter(|kind| self.kinds[usize::from(*kind as u8)]).collect();
        let mut dirty = self.dirty;
        if let Some(Waiting { graph, .. }) = self.waiting {
            let mut answered = Answered { graph, known: HashMap::new() };
            dirty.retain(|key| !answered.are_all(graph.touching(*key)));
        }
        (kinds, dirty)
    }
}

/// Which commands were accepted together with all that belong to them, and are in effect here.
///
/// Nothing is left to judge of these: what they did stays on screen as it is until the pull that brings their effect is whole.
/// Judging them again over half of it would take the other half away for a moment.
struct Answered<'a> {
    graph: &'a Graph,
    known: HashMap<i64, bool>,
}

impl Answered<'_> {
    fn are_all(&mut self, commands: impl Iterator<Item = i64>) -> bool {
        let mut commands = commands.peekable();
        commands.peek().is_some() && commands.all(|seq| self.is_answered(seq))
    }

    fn is_answered(&mut self, seq: i64) -> bool {
        if let Some(known) = self.known.get(&seq) {
            return *known;
        }
        let together = self.graph.closure([seq].into());
        let in_effect = |node: &Node| node.accepted.is_some() && node.touched.written().next().is_some();
        let answered = together.iter().all(|seq| self.graph.get(*seq).is_some_and(in_effect));
        self.known.extend(together.into_iter().map(|seq| (seq, answered)));
        answered
    }
}
