//! The phone's side of a push: what to send next, and what became of it.

use std::collections::BTreeSet;

use haitang_domain::{Id, Kind};
use haitang_protocol::push::Answer;
use haitang_protocol::{ChainHash, Envelope};
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::error::{Error, StoreError};
use crate::identity;
use crate::pull;
use crate::record::{self, id_at, known_shard, shard_id};
use crate::replay::{Pending, Touched, replay};
use crate::store::Store;

/// Commands kept after the server has answered them for good.
const SENT_KEPT: i64 = 2_000;

/// Commands of one shard, in order, as a push carries them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The shard.
    pub shard: Id,
    /// The link of the chain before the first command.
    pub prev_hash: ChainHash,
    /// The link after the last; what the device signs.
    pub last_hash: ChainHash,
    /// The envelopes.
    pub commands: Vec<Vec<u8>>,
    /// The number of the first.
    pub first_seq: u64,
    /// The number of the last.
    pub last_seq: u64,
    /// The epoch of the server for which they are meant.
    pub epoch: Id,
}

/// How far the server has answered in a shard, where those answers are not stored yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reached {
    /// The shard.
    pub shard: Id,
    /// The number of the last command it answered.
    pub seq: u64,
    /// The link of the chain after it.
    pub hash: ChainHash,
}

/// What the answers to a push came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// How many were accepted.
    pub accepted: u64,
    /// The numbers of those that were refused.
    pub refused: Vec<u64>,
    /// Kinds of which records say something else now.
    pub kinds: BTreeSet<Kind>,
}

impl Store {
    /// The next commands to send, at most so many and (but for the first) of at most so many bytes; those of the shard in which
    /// a command has waited longest. `None` where nothing waits.
    ///
    /// Given `reached`, sending goes on from there while the answers are being stored.
    pub fn next_push(
        &self,
        reached: Option<Reached>,
        limit_commands: usize,
        limit_bytes: usize,
    ) -> Result<Option<Batch>, StoreError> {
        self.read_with("next_push", |db| {
            let read = |row: &rusqlite::Row<'_>| {
                Ok((row.get::<_, i64>(0)?, id_at(row, 1)?, row.get::<_, i64>(2)?, row.get::<_, Option<[u8; 32]>>(3)?))
            };
            let reached = params![
                reached.as_ref().map(|reached| reached.shard.bytes()),
                reached.map(|reached| reached.seq.cast_signed()),
                reached.map(|reached| reached.hash.0)
            ];
            let first = db.prepare_cached(include_str!("push/shards.sql"))?.query_row(reached, read).optional()?;
            let Some((shard_no, shard, acked, hash)) = first else { return Ok(None) };
            // Whoever made a command has pulled before.
            let Some(epoch) = pull::epoch(db)? else { return Ok(None) };
            let prev_hash = match hash {
                Some(hash) => ChainHash(hash),
                None => ChainHash::start(identity::load(db)?.device, shard),
            };
            let mut batch = Batch { shard, prev_hash, last_hash: prev_hash, commands: vec![], first_seq: 0, last_seq: 0, epoch };
            let mut bytes = 0;
            let mut statement = db.prepare_cached(include_str!("push/commands.sql"))?;
            let mut rows = statement.query(params![shard_no, acked, limit_commands.max(1) as i64])?;
            while let Some(row) = rows.next()? {
                let envelope: Vec<u8> = row.get(1)?;
                bytes += envelope.len();
                if bytes > limit_bytes && !batch.commands.is_empty() {
                    break;
                }
                batch.last_seq = row.get::<_, i64>(0)?.cast_unsigned();
                batch.last_hash = ChainHash(row.get(2)?);
                if batch.commands.is_empty() {
                    batch.first_seq = batch.last_seq;
                }
                batch.commands.push(envelope);
            }
            Ok(Some(batch))
        })
    }

    /// Takes in what the server answered. Each refused command is set apart, and what depended on it is judged again; the others
    /// go on. Answers to commands that are settled already change nothing.
    pub fn settle(&self, shard: Id, answers: &[Answer]) -> Result<Settled, StoreError> {
        self.write("settle", |db| settle(db, shard, answers))
    }

    /// Goes back to where the server says it stands in this device's chain, and sends again from there.
    ///
    /// [`StoreError::Diverged`] where the phone's own chain has another link there, or too little of it is kept.
    pub fn rewind(&self, shard: Id, acked_seq: u64, acked_hash: ChainHash) -> Result<(), StoreError> {
        self.write("rewind", |db| {
            let shard_no = known_shard(db, shard)?.ok_or(Error::Diverged)?;
            rewind(db, shard_no, acked_seq.cast_signed(), acked_hash)
        })
    }
}

fn settle(db: &Connection, shard: Id, answers: &[Answer]) -> Result<Settled, Error> {
    let mut settled = Settled::default();
    let Some(shard_no) = known_shard(db, shard)? else { return Ok(settled) };
    let pulled: i64 = db.prepare_cached(include_str!("push/pulled.sql"))?.query_row([shard_no], |row| row.get(0))?;
    let mut dirty = BTreeSet::new();
    let mut last = None;
    for answer in answers {
        let seq = answer.seq.cast_signed();
        let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, [u8; 32]>(0)?, row.get::<_, bool>(1)?));
        if let Some(refusal) = answer.refusal() {
            #[cfg(feature = "planted")]
            if haitang_planted::is(haitang_planted::Bug::StopAtRefusal) {
                break;
            }
            let found = db.prepare_cached(include_str!("push/find.sql"))?.query_row([seq, shard_no], read).optional()?;
            let Some((hash, refused_before)) = found else { continue };
            last = last.max(Some((seq, hash)));
            let json = serde_json::to_string(&refusal)?;
            // What the person has dealt with already does not come back to them.
            let keep = if refused_before { include_str!("push/update_refused.sql") } else { include_str!("push/refuse.sql") };
            db.prepare_cached(keep)?.execute(params![seq, json])?;
            #[cfg(feature = "planted")]
            if haitang_planted::is(haitang_planted::Bug::DropRefused) {
                db.execute("DELETE FROM refused WHERE seq = ?1", [seq])?;
            }
            #[cfg(feature = "planted")]
            if haitang_planted::is(haitang_planted::Bug::ShowRefused) {
                retire(db, seq, true)?;
                continue;
            }
            dirty.extend(touched(db, seq)?.written());
            retire(db, seq, true)?;
            settled.refused.push(answer.seq);
        } else {
            let version = answer.version.cast_signed();
            let mut accept = db.prepare_cached(include_str!("push/accept.sql"))?;
            let Some((hash, refused_before)) = accept.query_row([seq, shard_no, version], read).optional()? else { continue };
            last = last.max(Some((seq, hash)));
            if refused_before {
                db.prepare_cached(include_str!("push/forgive.sql"))?.execute([seq])?;
            }
            #[cfg(feature = "planted")]
            if haitang_planted::is(haitang_planted::Bug::LetGoOnAccept) {
                retire(db, seq, false)?;
                settled.accepted += 1;
                continue;
            }
            // Its effect may be in the confirmed records already, where an earlier answer was lost.
            for key in
                (version <= pulled).then(|| touched(db, seq)).transpose()?.into_iter().flat_map(|touched| touched.0.into_keys())
            {
                if record::load(db, key)?.is_some_and(|stored| stored.includes(version)) {
                    dirty.insert(key);
                }
            }
            settled.accepted += 1;
        }
    }
    if let Some((seq, hash)) = last {
        set_chain(db, shard_no, seq, hash)?;
    }
    settled.kinds = replay(db, &mut Pending::default(), &dirty, &[])?;
    prune(db)?;
    Ok(settled)
}

/// What a command of the outbox touched when it was last judged.
fn touched(db: &Connection, seq: i64) -> Result<Touched, Error> {
    let mut statement = db.prepare_cached(include_str!("push/touched.sql"))?;
    Ok(statement.query_row([seq], |row| Ok(Touched::from_bytes(row.get_ref(0)?.as_bytes()?)))?)
}

fn set_chain(db: &Connection, shard_no: i64, seq: i64, hash: [u8; 32]) -> Result<(), Error> {
    db.prepare_cached(include_str!("push/set_chain.sql"))?.execute(params![shard_no, seq, hash])?;
    Ok(())
}

/// Takes a command that was answered for good out of the outbox, and keeps it for a while.
pub(crate) fn retire(db: &Connection, seq: i64, refused: bool) -> Result<(), Error> {
    #[cfg(feature = "planted")]
    if haitang_planted::is(haitang_planted::Bug::ForgetSent) {
        db.prepare_cached(include_str!("push/remove.sql"))?.execute([seq])?;
        return Ok(());
    }
    db.prepare_cached(include_str!("push/keep.sql"))?.execute(params![seq, refused])?;
    db.prepare_cached(include_str!("push/remove.sql"))?.execute([seq])?;
    Ok(())
}

/// Forgets the oldest of what was answered for good.
pub(crate) fn prune(db: &Connection) -> Result<(), Error> {
    db.prepare_cached(include_str!("outbox/prune.sql"))?.execute([SENT_KEPT])?;
    Ok(())
}

/// The link of the phone's own chain after command `seq`, as far as it is kept.
pub(crate) fn link(db: &Connection, shard_no: i64, seq: i64) -> Result<Option<ChainHash>, Error> {
    if seq == 0 {
        return Ok(Some(ChainHash::start(identity::load(db)?.device, shard_id(db, shard_no)?)));
    }
    let read = |row: &rusqlite::Row<'_>| row.get(0).map(ChainHash);
    Ok(db.prepare_cached(include_str!("push/link.sql"))?.query_row([shard_no, seq], read).optional()?)
}

fn rewind(db: &Connection, shard_no: i64, seq: i64, hash: ChainHash) -> Result<(), Error> {
    if link(db, shard_no, seq)? != Some(hash) {
        return Err(Error::Diverged);
    }
    let read = |row: &rusqlite::Row<'_>| row.get::<_, Vec<u8>>(1);
    let next = db.prepare_cached(include_str!("push/first_after.sql"))?.query_row([shard_no, seq], read).optional()?;
    if next.is_some_and(|next| Envelope::parse(&next).map(|next| next.prev_seq.cast_signed()) != Ok(seq)) {
        return Err(Error::Diverged);
    }
    #[cfg(feature = "planted")]
    if haitang_planted::is(haitang_planted::Bug::NoRewind) {
        return set_chain(db, shard_no, seq, hash.0);
    }
    let mut seeds = Vec::new();
    for sql in [include_str!("push/take_back.sql"), include_str!("push/wait_again.sql")] {
        let mut statement = db.prepare_cached(sql)?;
        let mut rows = statement.query([shard_no, seq])?;
        while let Some(row) = rows.next()? {
            seeds.push(row.get(0)?);
        }
    }
    db.prepare_cached(include_str!("push/forget_sent.sql"))?.execute([shard_no, seq])?;
    set_chain(db, shard_no, seq, hash.0)?;
    let mut pending = Pending::default();
    let graph = pending.graph(db)?;
    let dirty = seeds.iter().filter_map(|seq| graph.get(*seq)).flat_map(|node| node.touched.written()).collect();
    replay(db, &mut pending, &dirty, &seeds)?;
    Ok(())
}

/// Has the last command that the server answered sent once more in every shard.
///
/// A server that was restored from a backup no longer knows it and says how far it knows the chain; what it lost is then sent
/// again. One that knows it gives the same answer as before.
pub(crate) fn probe(db: &Connection) -> Result<(), Error> {
    let mut statement = db.prepare_cached(include_str!("push/chains.sql"))?;
    let shards = statement.query_map([], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
    for shard_no in shards {
        let read = |row: &rusqlite::Row<'_>| row.get::<_, Vec<u8>>(0);
        let last = db.prepare_cached(include_str!("push/newest_answered.sql"))?.query_row([shard_no], read).optional()?;
        let Some(Ok(last)) = last.map(|last| Envelope::parse(&last)) else { continue };
        let prev_seq = last.prev_seq.cast_signed();
        if let Some(hash) = link(db, shard_no, prev_seq)? {
            rewind(db, shard_no, prev_seq, hash)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
