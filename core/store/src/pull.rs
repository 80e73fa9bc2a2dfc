//! The phone's side of a pull: what it has, and taking in what comes.

use std::collections::{BTreeSet, HashMap, HashSet};

use haitang_domain::{Body, Feed, Id, Key, Kind};
use haitang_protocol::pull::{Change, Cursor, End, FeedHead, Head, Page, Pull};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension as _, ToSql, params};

use crate::error::{Error, StoreError};
use crate::lens::appointments_of;
use crate::record::{self, id_at, key_of, known_shard, shard_no};
use crate::replay::{Graph, Touched, replay};
use crate::store::Store;
use crate::{identity, push, search};

/// What the head of a pull came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Begun {
    /// The server is not the one the cursors belonged to (it was restored from a backup, or set up anew); everything comes again.
    pub new_epoch: bool,
    /// Feeds that this phone no longer reads. Their records are gone.
    pub lost: Vec<Feed>,
    /// Kinds of which records say something else now.
    pub kinds: BTreeSet<Kind>,
}

/// What a page came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// How many changes it held.
    pub records: u64,
    /// Kinds of which records say something else now.
    pub kinds: BTreeSet<Kind>,
}

/// What the end of a pull came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Finished {
    /// There is more; pull again.
    pub more: bool,
    /// How many accepted commands are settled by it.
    pub settled: u64,
    /// Kinds of which records say something else now.
    pub kinds: BTreeSet<Kind>,
}

/// Bytes of JSON, bound as the text they are without being looked at again.
struct Json<'a>(&'a [u8]);

impl ToSql for Json<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Text(self.0)))
    }
}

impl Store {
    /// What this phone has, to ask for what it has not.
    pub fn pull_request(&self) -> Result<Pull, StoreError> {
        self.read_with("pull_request", |db| {
            let epoch = epoch(db)?;
            let mut statement = db.prepare_cached(include_str!("pull/cursors.sql"))?;
            let mut rows = statement.query([])?;
            let mut cursors = Vec::new();
            while let Some(row) = rows.next()? {
                let feed: [u8; 17] = row.get(1)?;
                let version = row.get::<_, i64>(2)?.cast_unsigned();
                cursors.extend(Feed::from_slice(&feed).map(|feed| Ok(Cursor { shard: id_at(row, 0)?, feed, version })));
            }
            Ok(Pull { epoch, cursors: cursors.into_iter().collect::<rusqlite::Result<_>>()? })
        })
    }

    /// Takes in the head of a pull: feeds that came, and feeds that were lost.
    ///
    /// The records of a lost feed that no other feed holds are deleted; commands made in it stay and say so. With a new epoch what
    /// is here can be read on until the first whole pull, and what that did not bring again goes.
    pub fn begin(&self, head: &Head) -> Result<Begun, StoreError> {
        self.write("begin", |db| begin(db, head))
    }

    /// Takes in a page of `feed` together with the cursor it carries.
    pub fn apply_page(&self, feed: &FeedHead, page: &Page<'_>) -> Result<Applied, StoreError> {
        self.write("apply_page", |db| apply(db, feed, page))
    }

    /// Takes in the end of a pull: accepted commands whose effect has arrived leave the outbox.
    pub fn finish(&self, end: &End) -> Result<Finished, StoreError> {
        self.write("finish", |db| finish(db, end))
    }
}

fn epoch(db: &Connection) -> Result<Option<Id>, Error> {
    let read = |row: &rusqlite::Row<'_>| row.get::<_, Option<[u8; 16]>>(0);
    Ok(db.prepare_cached(include_str!("pull/epoch.sql"))?.query_row([], read)?.map(Id::from_bytes))
}

fn begin(db: &Connection, head: &Head) -> Result<Begun, Error> {
    let mut begun = Begun::default();
    let known = epoch(db)?;
    if known != Some(head.epoch) {
        db.prepare_cached(include_str!("pull/set_epoch.sql"))?.execute([head.epoch.bytes()])?;
    }
    if known.is_some_and(|known| known != head.epoch) {
        begun.new_epoch = true;
        for sql in [include_str!("pull/void.sql"), include_str!("pull/void_membership.sql"), include_str!("pull/void_feeds.sql")]
        {
            db.prepare_cached(sql)?.execute([])?;
        }
        db.prepare_cached(include_str!("pull/set_sweep.sql"))?.execute([true])?;
        push::probe(db)?;
    }
    let mut lost = HashMap::new();
    let mut statement = db.prepare_cached(include_str!("pull/feeds.sql"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        lost.insert((row.get::<_, i64>(1)?, row.get::<_, [u8; 17]>(2)?), row.get::<_, i64>(0)?);
    }
    for FeedHead { shard, feed, waiting } in &head.feeds {
        let (shard_no, waiting) = (shard_no(db, *shard)?, waiting.cast_signed());
        if let Some(no) = lost.remove(&(shard_no, feed.bytes())) {
            db.prepare_cached(include_str!("pull/set_waiting.sql"))?.execute([no, waiting])?;
        } else {
            db.prepare_cached(include_str!("pull/add_feed.sql"))?.execute(params![shard_no, feed.bytes(), waiting])?;
        }
    }
    begun.lost = lost.keys().filter_map(|(_, feed)| Feed::from_slice(feed)).collect();
    begun.lost.sort_unstable();
    let mut gone = HashSet::new();
    for feed_no in lost.into_values() {
        lose_feed(db, feed_no, &mut gone)?;
    }
    if !begun.lost.is_empty() {
        escrow(db, head, &begun.lost, &gone)?;
    }
    begun.kinds = replay(db, &concerned(db, &gone)?, &[])?;
    begun.kinds.extend(gone.iter().map(|key| key.kind));
    Ok(begun)
}

/// Those of the records that pending commands touched.
fn concerned(db: &Connection, keys: &HashSet<Key>) -> Result<BTreeSet<Key>, Error> {
    let graph = Graph::load(db)?;
    Ok(keys.iter().copied().filter(|key| graph.touches(*key)).collect())
}

fn lose_feed(db: &Connection, feed_no: i64, gone: &mut HashSet<Key>) -> Result<(), Error> {
    let mut statement = db.prepare_cached(include_str!("pull/leave_all.sql"))?;
    let left = statement.query_map([feed_no], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
    for no in left {
        if !is_held(db, no)? {
            gone.extend(forget(db, no)?);
        }
    }
    db.prepare_cached(include_str!("pull/drop_feed.sql"))?.execute([feed_no])?;
    Ok(())
}

fn is_held(db: &Connection, no: i64) -> Result<bool, Error> {
    Ok(db.prepare_cached(include_str!("pull/held.sql"))?.query_row([no], |row| row.get(0))?)
}

/// Lets go of a record that the server no longer shows; it stays only as far as a pending command made it.
fn forget(db: &Connection, no: i64) -> Result<Option<Key>, Error> {
    let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, u8>(0)?, row.get(1)?, row.get::<_, bool>(2)?));
    let found = db.prepare_cached(include_str!("pull/look.sql"))?.query_row([no], read).optional()?;
    let Some((kind, id, pending)) = found else { return Ok(None) };
    if pending {
        db.prepare_cached(include_str!("pull/lose.sql"))?.execute([no])?;
    } else {
        record::delete(db, no, kind)?;
    }
    Ok(key_of(kind, id))
}

/// Notes which commands were made in a feed that is lost.
fn escrow(db: &Connection, head: &Head, lost: &[Feed], gone: &HashSet<Key>) -> Result<(), Error> {
    let left: HashSet<Feed> = head.feeds.iter().map(|feed| feed.feed).collect();
    let graph = Graph::load(db)?;
    for (seq, touched) in &graph.commands {
        let target = graph.targets.get(seq).copied();
        let mut is_lost = false;
        for key in touched.written().chain(target) {
            is_lost |= gone.contains(&key) || made_in(db, key, lost, &left)?;
        }
        if is_lost {
            db.prepare_cached(include_str!("outbox/lost.sql"))?.execute([seq])?;
        }
    }
    let mut statement = db.prepare_cached(include_str!("outbox/refused_targets.sql"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if key_of(row.get(1)?, row.get(2)?).is_some_and(|key| gone.contains(&key)) {
            db.prepare_cached(include_str!("outbox/refused_lost.sql"))?.execute([row.get::<_, i64>(0)?])?;
        }
    }
    Ok(())
}

/// Whether a record that only this phone knows belongs to a lost feed and to none that is left.
fn made_in(db: &Connection, key: Key, lost: &[Feed], held: &HashSet<Feed>) -> Result<bool, Error> {
    let Some(stored) = record::load(db, key)?.filter(|stored| stored.base.as_deref() == Some("")) else { return Ok(false) };
    let feeds = Body::parse(key.kind, stored.body.as_bytes()).map(|body| body.feeds(key.id)).unwrap_or_default();
    Ok(feeds.iter().any(|feed| lost.contains(feed)) && !feeds.iter().any(|feed| held.contains(feed)))
}

fn apply(db: &Connection, head: &FeedHead, page: &Page<'_>) -> Result<Applied, Error> {
    let shard_no = known_shard(db, head.shard)?.ok_or(Error::Misuse("a page before its head"))?;
    let mut find_feed = db.prepare_cached(include_str!("pull/feed.sql"))?;
    let feed_no: Option<i64> = find_feed.query_row(params![shard_no, head.feed.bytes()], |row| row.get(0)).optional()?;
    let feed_no = feed_no.ok_or(Error::Misuse("a page before its head"))?;
    let mut taking = Taking::new(db, shard_no, feed_no)?;
    let mut records = 0;
    for change in page.changes()? {
        taking.take(change)?;
        records += 1;
    }
    let Taking { dirty, kinds, .. } = taking;
    let advance = params![feed_no, page.cursor.cast_signed(), records];
    db.prepare_cached(include_str!("pull/advance.sql"))?.execute(advance)?;
    let mut kinds: BTreeSet<_> = Kind::ALL.iter().copied().filter(|kind| kinds[usize::from(*kind as u8)]).collect();
    if !dirty.is_empty() {
        kinds.extend(replay(db, &dirty, &[])?);
    }
    Ok(Applied { records: records as u64, kinds })
}

/// Takes in the changes of one page.
struct Taking<'a> {
    db: &'a Connection,
    shard_no: i64,
    feed_no: i64,
    upsert: rusqlite::CachedStatement<'a>,
    belong: rusqlite::CachedStatement<'a>,
    next_no: i64,
    indexed: i64,
    /// What pending commands touched; `None` where nothing is pending.
    graph: Option<Graph>,
    /// The member whose appointments pending commands depend on.
    me: Option<Id>,
    dirty: BTreeSet<Key>,
    kinds: [bool; 256],
}

impl<'a> Taking<'a> {
    fn new(db: &'a Connection, shard_no: i64, feed_no: i64) -> Result<Self, Error> {
        let idle: bool = db.prepare_cached(include_str!("outbox/is_empty.sql"))?.query_row([], |row| row.get(0))?;
        let next_no = db.prepare_cached(include_str!("pull/next_no.sql"))?.query_row([], |row| row.get(0))?;
        Ok(Self {
            db,
            shard_no,
            feed_no,
            upsert: db.prepare_cached(include_str!("pull/upsert.sql"))?,
            belong: db.prepare_cached(include_str!("pull/belong.sql"))?,
            // What was last inserted, perhaps elsewhere, must not look like the first insert of this page.
            next_no: if db.last_insert_rowid() == next_no { next_no + 1 } else { next_no },
            indexed: search::index::reached(db)?,
            graph: if idle { None } else { Some(Graph::load(db)?) },
            me: if idle { None } else { Some(identity::load(db)?.member) },
            dirty: BTreeSet::new(),
            kinds: [false; 256],
        })
    }

    fn take(&mut self, change: Change<'_>) -> Result<(), Error> {
        self.kinds[usize::from(change.kind)] = true;
        self.note(&change);
        let Some(body) = change.body else { return self.leave(&change) };
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

    /// Notes a change that pending commands may depend on.
    fn note(&mut self, change: &Change<'_>) {
        let (Some(graph), Some(me)) = (&self.graph, self.me) else { return };
        let Some(kind) = Kind::from_number(change.kind) else { return };
        let key = Key::new(kind, change.id);
        if graph.touches(key) {
            self.dirty.insert(key);
        }
        if kind == Kind::Appointment {
            self.dirty.insert(appointments_of(me));
        }
    }

    fn number(&self, change: &Change<'_>) -> Result<Option<i64>, Error> {
        let mut find = self.db.prepare_cached(include_str!("pull/find.sql"))?;
        Ok(find.query_row(params![change.id.bytes(), change.kind], |row| row.get(0)).optional()?)
    }

    fn leave(&mut self, change: &Change<'_>) -> Result<(), Error> {
        let Some(no) = self.number(change)? else { return Ok(()) };
        let left = self.db.prepare_cached(include_str!("pull/leave.sql"))?.execute([no, self.feed_no])?;
        if left == 1 && !is_held(self.db, no)? {
            forget(self.db, no)?;
        }
        Ok(())
    }
}

fn finish(db: &Connection, end: &End) -> Result<Finished, Error> {
    let mut finished = Finished { more: end.more, ..Finished::default() };
    if end.more {
        return Ok(finished);
    }
    let mut dirty = BTreeSet::new();
    for head in &end.heads {
        let Some(shard_no) = known_shard(db, head.shard)? else { continue };
        let mut statement = db.prepare_cached(include_str!("pull/accepted.sql"))?;
        let read = |row: &rusqlite::Row<'_>| {
            let touched = Touched::from_bytes(row.get_ref(1)?.as_bytes().map_err(rusqlite::Error::from)?);
            Ok((row.get::<_, i64>(0)?, touched))
        };
        let arrived = statement.query_map([shard_no, head.version.cast_signed()], read)?.collect::<Result<Vec<_>, _>>()?;
        for (seq, touched) in arrived {
            push::retire(db, seq, false)?;
            dirty.extend(touched.written());
            finished.settled += 1;
        }
    }
    if db.prepare_cached(include_str!("pull/sweep.sql"))?.query_row([], |row| row.get(0))? {
        let mut gone = HashSet::new();
        let mut statement = db.prepare_cached(include_str!("pull/unswept.sql"))?;
        let unswept = statement.query_map([], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
        for no in unswept {
            gone.extend(forget(db, no)?);
        }
        db.prepare_cached(include_str!("pull/set_sweep.sql"))?.execute([false])?;
        dirty.extend(concerned(db, &gone)?);
        finished.kinds.extend(gone.iter().map(|key| key.kind));
    }
    db.prepare_cached(include_str!("pull/synced.sql"))?.execute([])?;
    finished.kinds.extend(replay(db, &dirty, &[])?);
    push::prune(db)?;
    Ok(finished)
}

#[cfg(test)]
mod tests;
