//! The phone's side of a pull: what it has, and taking in what comes.

mod take;

use std::collections::{BTreeSet, HashMap, HashSet};

use haitang_domain::{Body, Feed, Id, Key, Kind};
use haitang_protocol::pull::{Cursor, End, FeedHead, Head, Page, Pull};
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::error::{Error, StoreError};
use crate::file;
use crate::push;
use crate::record::{self, id_at, key_of, known_shard, shard_no};
use crate::replay::{Graph, Pending, replay};
use crate::store::Store;
use take::Taking;

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
    /// Kinds of which records say something else now.
    pub kinds: BTreeSet<Kind>,
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
        #[cfg(feature = "planted")]
        if haitang_planted::is(haitang_planted::Bug::CursorBeforePage) {
            self.write("advance", |db| {
                let shard_no = known_shard(db, feed.shard)?.unwrap_or_default();
                let place = params![shard_no, feed.feed.bytes()];
                let feed_no: i64 = db.prepare_cached(include_str!("pull/feed.sql"))?.query_row(place, |row| row.get(0))?;
                let values = params![feed_no, page.cursor.cast_signed(), 0];
                db.prepare_cached(include_str!("pull/advance.sql"))?.execute(values)?;
                Ok(())
            })?;
        }
        self.write_pending("apply_page", |db, pending| apply(db, pending, feed, page))
    }

    /// Takes in the end of a pull: accepted commands whose effect has arrived leave the outbox.
    pub fn finish(&self, end: &End) -> Result<Finished, StoreError> {
        self.write_pending("finish", |db, pending| finish(db, pending, end))
    }
}

pub(crate) fn epoch(db: &Connection) -> Result<Option<Id>, Error> {
    let read = |row: &rusqlite::Row<'_>| row.get::<_, Option<[u8; 16]>>(0);
    Ok(db.prepare_cached(include_str!("pull/epoch.sql"))?.query_row([], read)?.map(Id::from_bytes))
}

fn begin(db: &Connection, head: &Head) -> Result<Begun, Error> {
    let mut begun = Begun::default();
    let known = epoch(db)?;
    if known != Some(head.epoch) {
        db.prepare_cached(include_str!("pull/set_epoch.sql"))?.execute([head.epoch.bytes()])?;
    }
    #[cfg(feature = "planted")]
    let known = known.filter(|_| !haitang_planted::is(haitang_planted::Bug::IgnoreEpoch));
    if known.is_some_and(|known| known != head.epoch) {
        begun.new_epoch = true;
        for sql in [include_str!("pull/void.sql"), include_str!("pull/void_membership.sql"), include_str!("pull/void_feeds.sql")]
        {
            db.prepare_cached(sql)?.execute([])?;
        }
        db.prepare_cached(include_str!("pull/set_sweep.sql"))?.execute([true])?;
        push::probe(db)?;
        file::offer_again(db)?;
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
    let mut pending = Pending::default();
    let concerned = concerned(pending.graph(db)?, &gone);
    begun.kinds = replay(db, &mut pending, &concerned, &[])?;
    begun.kinds.extend(gone.iter().map(|key| key.kind));
    Ok(begun)
}

/// Those of the records that pending commands touched.
fn concerned(graph: &Graph, keys: &HashSet<Key>) -> BTreeSet<Key> {
    keys.iter().copied().filter(|key| graph.touches(*key)).collect()
}

fn lose_feed(db: &Connection, feed_no: i64, gone: &mut HashSet<Key>) -> Result<(), Error> {
    let mut statement = db.prepare_cached(include_str!("pull/leave_all.sql"))?;
    let left = statement.query_map([feed_no], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
    for no in left {
        #[cfg(feature = "planted")]
        if haitang_planted::is(haitang_planted::Bug::KeepLostFeed) {
            continue;
        }
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
    for (seq, node) in graph.iter() {
        let mut is_lost = false;
        for key in node.touched.written().chain(node.target) {
            is_lost |= gone.contains(&key) || made_in(db, key, lost, &left)?;
        }
        #[cfg(feature = "planted")]
        if is_lost && haitang_planted::is(haitang_planted::Bug::DropEscrow) {
            db.execute("DELETE FROM outbox WHERE seq = ?1", [seq])?;
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

fn apply(db: &Connection, pending: &mut Pending, head: &FeedHead, page: &Page<'_>) -> Result<Applied, Error> {
    let shard_no = known_shard(db, head.shard)?.ok_or(Error::Misuse("a page before its head"))?;
    let mut find_feed = db.prepare_cached(include_str!("pull/feed.sql"))?;
    let feed_no: Option<i64> = find_feed.query_row(params![shard_no, head.feed.bytes()], |row| row.get(0)).optional()?;
    let feed_no = feed_no.ok_or(Error::Misuse("a page before its head"))?;
    let mut taking = Taking::new(db, pending, shard_no, feed_no)?;
    let mut records = 0;
    for change in page.changes()? {
        taking.take(change)?;
        records += 1;
    }
    let (mut kinds, dirty) = taking.end();
    let cursor = page.cursor.cast_signed();
    #[cfg(feature = "planted")]
    let cursor = if haitang_planted::is(haitang_planted::Bug::SkipCursor) { 0 } else { cursor };
    db.prepare_cached(include_str!("pull/advance.sql"))?.execute(params![feed_no, cursor, records])?;
    kinds.extend(replay(db, pending, &dirty, &[])?);
    Ok(Applied { records: records as u64, kinds })
}

fn finish(db: &Connection, pending: &mut Pending, end: &End) -> Result<Finished, Error> {
    let mut finished = Finished { more: end.more, ..Finished::default() };
    if end.more {
        return Ok(finished);
    }
    let mut dirty = BTreeSet::new();
    let graph = pending.graph(db)?;
    for head in &end.heads {
        let Some(shard_no) = known_shard(db, head.shard)? else { continue };
        let mut statement = db.prepare_cached(include_str!("pull/accepted.sql"))?;
        let reached = statement.query_map([shard_no, head.version.cast_signed()], |row| row.get(0))?;
        for seq in reached.collect::<Result<Vec<i64>, _>>()? {
            push::retire(db, seq, false)?;
            dirty.extend(graph.remove(seq).iter().flat_map(|node| node.touched.written()));
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
        dirty.extend(concerned(graph, &gone));
        finished.kinds.extend(gone.iter().map(|key| key.kind));
    }
    db.prepare_cached(include_str!("pull/synced.sql"))?.execute([])?;
    finished.kinds.extend(replay(db, pending, &dirty, &[])?);
    push::prune(db)?;
    *pending = Pending::default();
    Ok(finished)
}

#[cfg(test)]
mod tests;
