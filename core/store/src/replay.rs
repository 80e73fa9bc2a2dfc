//! Judging pending commands again when the ground under them changed.
//!
//! What screens read is always what a replay of the whole outbox, in its order, over the confirmed records would give. To
//! keep it so without replaying everything, each pending command has with it the records it read and wrote when it was last
//! judged. Two commands belong together if one wrote what the other read or wrote. A change concerns the commands that
//! touched the changed records, and all that belong together with these; only they are judged again. Should one of them now
//! read or write what another wrote that was left out, that one is taken in as well and it all begins anew.
//!
//! An accepted command is not judged again for what a pull brings, unless it belongs together with one that still waits: what it
//! did stays shown until the pull that brings its effect is whole, and then gives way to what the server says. Judged over half of
//! its effect it would take the other half away for a moment.

mod graph;

use std::collections::{BTreeMap, BTreeSet};

use haitang_domain::evidence::Interval;
use haitang_domain::{Body, Key, Kind, Refusal, Timestamp};
use haitang_protocol::Envelope;
use rusqlite::{Connection, params};

use crate::error::Error;
use crate::identity::{self, Identity};
use crate::lens::Lens;
use crate::record;

pub(crate) use graph::{Graph, Node, Pending, Touched};

/// What judging one command again came to.
struct Outcome {
    seq: i64,
    touched: Touched,
    doubt: Option<Refusal>,
    same: bool,
}

/// Makes the records show what they have to, now that the confirmed bodies of `dirty` changed or commands that wrote them are
/// gone, and the commands `seeds` are new. Returns the kinds of the records that changed.
pub(crate) fn replay(
    db: &Connection,
    pending: &mut Pending,
    dirty: &BTreeSet<Key>,
    seeds: &[i64],
) -> Result<BTreeSet<Kind>, Error> {
    if dirty.is_empty() && seeds.is_empty() {
        return Ok(BTreeSet::new());
    }
    let graph = pending.graph(db)?;
    let first = dirty.iter().flat_map(|key| graph.touching(*key)).chain(seeds.iter().copied());
    let mut set = graph.closure(first.collect());
    let mut effects = BTreeMap::new();
    let mut affected = dirty.clone();
    if !set.is_empty() {
        let me = identity::load(db)?;
        let (lens, outcomes) = loop {
            let lens = Lens::confirmed(db);
            effects.clear();
            let outcomes =
                set.iter().map(|seq| judge_again(db, &me, &lens, *seq, &mut effects)).collect::<Result<Vec<_>, _>>()?;
            let related = outcomes.iter().flat_map(|outcome| graph.related(&outcome.touched));
            let wider: BTreeSet<_> = set.iter().copied().chain(related).collect();
            if wider.len() == set.len() {
                break (lens, outcomes);
            }
            set = graph.closure(wider);
        };
        affected.extend(set.iter().filter_map(|seq| graph.get(*seq)).flat_map(|node| node.touched.written()));
        affected.extend(effects.keys());
        for outcome in outcomes.into_iter().filter(|outcome| !outcome.same) {
            let doubt = outcome.doubt.as_ref().map(serde_json::to_string).transpose()?;
            let mut statement = db.prepare_cached(include_str!("outbox/judged.sql"))?;
            statement.execute(params![outcome.seq, outcome.touched.to_bytes(), doubt])?;
            graph.set_touched(outcome.seq, outcome.touched);
        }
        return show(db, affected, |key| effects.get(&key).and_then(|shard| Some((lens.peek(key)?, *shard))));
    }
    show(db, affected, |_| None)
}

fn show(db: &Connection, keys: BTreeSet<Key>, effect: impl Fn(Key) -> Option<(Body, i64)>) -> Result<BTreeSet<Kind>, Error> {
    let mut kinds = BTreeSet::new();
    for key in keys {
        let effect = effect(key);
        if record::show(db, key, effect.as_ref().map(|(body, shard)| (body, *shard)))? {
            kinds.insert(key.kind);
        }
    }
    Ok(kinds)
}

/// Judges one command over what `lens` shows, and lays its effect over it.
fn judge_again(
    db: &Connection,
    me: &Identity,
    lens: &Lens<'_>,
    seq: i64,
    effects: &mut BTreeMap<Key, i64>,
) -> Result<Outcome, Error> {
    let held = Held::load(db, seq)?;
    let included = |key: Key| {
        let Some(accepted) = held.version else { return Ok(false) };
        Ok::<_, Error>(record::load(db, key)?.is_some_and(|stored| stored.includes(accepted)))
    };
    let mut writes = Vec::new();
    let mut doubt = None;
    match held.envelope.command() {
        // The confirmed record holds the effect already, and doing it twice would not be the same.
        Ok(command) if included(command.target)? => {
            lens.take_asked();
        }
        Ok(command) => match lens.judge(me, held.envelope.actor, held.made, &command) {
            Ok(judged) => {
                for write in judged {
                    if !included(write.key)? {
                        writes.push(write);
                    }
                }
            }
            Err(Error::Refused(refusal)) => doubt = Some(refusal),
            Err(error) => return Err(error),
        },
        Err(_) => doubt = Some(haitang_domain::Code::TooNew.into()),
    }
    let mut touched = Touched::of(lens.take_asked(), &writes);
    // Whatever happens to its target concerns it, even where it was not judged.
    if let Some(target) = record::key_of(held.envelope.kind, *held.envelope.id.bytes()) {
        touched.0.entry(target).or_insert(false);
    }
    for write in writes {
        effects.insert(write.key, held.shard);
        lens.lay(write);
    }
    // An accepted command is in no doubt, whatever the phone thinks of it.
    let doubt = doubt.filter(|_| held.version.is_none());
    let same = touched == held.touched && doubt == held.doubt;
    Ok(Outcome { seq, touched, doubt, same })
}

/// A command of the outbox, as far as judging it goes.
struct Held {
    envelope: Envelope,
    made: Interval,
    version: Option<i64>,
    shard: i64,
    touched: Touched,
    doubt: Option<Refusal>,
}

impl Held {
    fn load(db: &Connection, seq: i64) -> Result<Self, Error> {
        let mut statement = db.prepare_cached(include_str!("outbox/command.sql"))?;
        let read = |row: &rusqlite::Row<'_>| {
            let envelope = Envelope::parse(row.get_ref(0)?.as_bytes().map_err(rusqlite::Error::from)?);
            let made = Interval { earliest: Timestamp::from_millis(row.get(1)?), latest: Timestamp::from_millis(row.get(2)?) };
            let touched = Touched::from_bytes(row.get_ref(5)?.as_bytes().map_err(rusqlite::Error::from)?);
            let doubt: Option<String> = row.get(6)?;
            let doubt = doubt.and_then(|json| serde_json::from_str(&json).ok());
            Ok((envelope, made, row.get(3)?, row.get(4)?, touched, doubt))
        };
        let (envelope, made, version, shard, touched, doubt) = statement.query_row([seq], read)?;
        let envelope = envelope.map_err(|_| Error::Corrupt("a command in the outbox cannot be read".into()))?;
        Ok(Self { envelope, made, version, shard, touched, doubt })
    }
}

#[cfg(test)]
mod tests;
