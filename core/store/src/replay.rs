//! Judging pending commands again when the ground under them changed.
//!
//! What screens read is always what a replay of the whole outbox, in its order, over the confirmed records would give. To
//! keep it so without replaying everything, each pending command has with it the records it read and wrote when it was last
//! judged. Two commands belong together if one wrote what the other read or wrote. A change concerns the commands that
//! touched the changed records, and all that belong together with these; only they are judged again. Should one of them now
//! read or write what another wrote that was left out, that one is taken in as well and it all begins anew.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use haitang_domain::evidence::Interval;
use haitang_domain::{Body, Id, Key, Kind, Refusal, Timestamp, Write};
use haitang_protocol::Envelope;
use rusqlite::{Connection, params};

use crate::error::Error;
use crate::identity::{self, Identity};
use crate::lens::{Lens, appointments_of};
use crate::record;

/// The records a command read (`false`) and wrote (`true`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Touched(pub BTreeMap<Key, bool>);

impl Touched {
    pub fn of(asked: BTreeSet<Key>, writes: &[Write]) -> Self {
        let mut touched: BTreeMap<_, _> = asked.into_iter().map(|key| (key, false)).collect();
        for write in writes {
            touched.insert(write.key, true);
            if let Body::Appointment(held) = &write.body {
                touched.insert(appointments_of(held.member), true);
            }
        }
        Self(touched)
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|(key, wrote)| [u8::from(*wrote), key.kind as u8].into_iter().chain(*key.id.bytes())).collect()
    }

    pub fn from_bytes(bytes: &[u8]) -> Self {
        let read = |entry: &[u8; 18]| {
            let key = Key::new(Kind::from_number(entry[1])?, Id::from_slice(&entry[2..])?);
            Some((key, entry[0] == 1))
        };
        Self(bytes.as_chunks::<18>().0.iter().filter_map(read).collect())
    }

    pub fn written(&self) -> impl Iterator<Item = Key> {
        self.0.iter().filter(|(_, wrote)| **wrote).map(|(key, _)| *key)
    }
}

/// Every pending command with what it touched.
#[derive(Default)]
pub(crate) struct Graph {
    pub commands: BTreeMap<i64, Touched>,
    pub targets: BTreeMap<i64, Key>,
    by_key: HashMap<Key, Touchers>,
}

/// The commands that touched one record. Those that wrote it are listed apart: thousands may have read the same org and member,
/// and reading alone ties none of them to another.
#[derive(Default)]
struct Touchers {
    all: Vec<i64>,
    writers: Vec<i64>,
}

impl Graph {
    pub fn load(db: &Connection) -> Result<Self, Error> {
        let mut graph = Self::default();
        let mut statement = db.prepare_cached(include_str!("outbox/touched.sql"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let seq = row.get(0)?;
            let touched = Touched::from_bytes(row.get_ref(3)?.as_bytes().map_err(rusqlite::Error::from)?);
            graph.insert(seq, touched);
            graph.targets.extend(record::key_of(row.get(1)?, row.get(2)?).map(|key| (seq, key)));
        }
        Ok(graph)
    }

    fn insert(&mut self, seq: i64, touched: Touched) {
        for (key, wrote) in &touched.0 {
            let touchers = self.by_key.entry(*key).or_default();
            touchers.all.push(seq);
            if *wrote {
                touchers.writers.push(seq);
            }
        }
        self.commands.insert(seq, touched);
    }

    pub fn touches(&self, key: Key) -> bool {
        self.by_key.contains_key(&key)
    }

    fn touching(&self, key: Key) -> impl Iterator<Item = i64> {
        self.by_key.get(&key).into_iter().flat_map(|touchers| &touchers.all).copied()
    }

    /// Commands that belong together with one that touched these.
    fn related<'a>(&'a self, touched: &'a Touched) -> impl Iterator<Item = i64> + 'a {
        touched.0.iter().flat_map(|(key, wrote)| {
            let touchers = self.by_key.get(key).into_iter();
            touchers.flat_map(|touchers| if *wrote { &touchers.all } else { &touchers.writers }).copied()
        })
    }

    fn closure(&self, seeds: BTreeSet<i64>) -> BTreeSet<i64> {
        let mut todo: Vec<_> = seeds.iter().copied().collect();
        let mut all = seeds;
        while let Some(seq) = todo.pop() {
            for other in self.commands.get(&seq).into_iter().flat_map(|touched| self.related(touched)) {
                if all.insert(other) {
                    todo.push(other);
                }
            }
        }
        all
    }
}

/// What judging one command again came to.
struct Outcome {
    seq: i64,
    touched: Touched,
    doubt: Option<Refusal>,
    same: bool,
}

/// Makes the records show what they have to, now that the confirmed bodies of `dirty` changed or commands that wrote them are
/// gone, and the commands `seeds` are new. Returns the kinds of the records that changed.
pub(crate) fn replay(db: &Connection, dirty: &BTreeSet<Key>, seeds: &[i64]) -> Result<BTreeSet<Kind>, Error> {
    let graph = Graph::load(db)?;
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
        affected.extend(set.iter().filter_map(|seq| graph.commands.get(seq)).flat_map(Touched::written));
        affected.extend(effects.keys());
        for outcome in outcomes.into_iter().filter(|outcome| !outcome.same) {
            let doubt = outcome.doubt.as_ref().map(serde_json::to_string).transpose()?;
            let mut statement = db.prepare_cached(include_str!("outbox/judged.sql"))?;
            statement.execute(params![outcome.seq, outcome.touched.to_bytes(), doubt])?;
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
    let pending = Pending::load(db, seq)?;
    let included = |key: Key| {
        let Some(accepted) = pending.version else { return Ok(false) };
        Ok::<_, Error>(record::load(db, key)?.is_some_and(|stored| stored.includes(accepted)))
    };
    let mut writes = Vec::new();
    let mut doubt = None;
    match pending.envelope.command() {
        // The confirmed record holds the effect already, and doing it twice would not be the same.
        Ok(command) if included(command.target)? => {
            lens.take_asked();
        }
        Ok(command) => match lens.judge(me, pending.envelope.actor, pending.made, &command) {
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
    if let Some(target) = record::key_of(pending.envelope.kind, *pending.envelope.id.bytes()) {
        touched.0.entry(target).or_insert(false);
    }
    for write in writes {
        effects.insert(write.key, pending.shard);
        lens.lay(write);
    }
    // An accepted command is in no doubt, whatever the phone thinks of it.
    let doubt = doubt.filter(|_| pending.version.is_none());
    let same = touched == pending.touched && doubt == pending.doubt;
    Ok(Outcome { seq, touched, doubt, same })
}

/// A command of the outbox, as far as judging it goes.
struct Pending {
    envelope: Envelope,
    made: Interval,
    version: Option<i64>,
    shard: i64,
    touched: Touched,
    doubt: Option<Refusal>,
}

impl Pending {
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
