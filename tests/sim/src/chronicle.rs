//! The server's whole history, played again: what it holds must be what its command log leads to.

use std::collections::BTreeMap;

use haitang_domain::directory::{Appointment, Member};
use haitang_domain::evidence::{Delivery, Interval};
use haitang_domain::record::Typed as _;
use haitang_domain::{Body, Code, Context, Id, Key, Kind, Refusal, Timestamp, World, Write, decide};
use haitang_protocol::Envelope;
use haitang_server::storage::{LogEntry, Snapshot, Storage};

use crate::judge::everything;

/// In which order the server took commands in, over all shards, and what it began with.
#[derive(Default)]
pub struct Chronicle {
    begin: BTreeMap<Key, Body>,
    /// By shard: its version before any command.
    begin_versions: BTreeMap<Id, u64>,
    order: Vec<(Id, u64)>,
    /// By shard: the last entry seen.
    seen: BTreeMap<Id, u64>,
}

/// Records as the history has made them so far.
struct Made<'a>(&'a BTreeMap<Key, Body>);

impl World for Made<'_> {
    fn get(&self, key: Key) -> Option<Body> {
        self.0.get(&key).cloned()
    }
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

impl Chronicle {
    /// What the server holds before anyone did anything.
    pub fn begin(&mut self, storage: &dyn Storage) -> Result<(), String> {
        self.begin = everything(storage)?;
        let read = storage.read(&mut |snapshot: &dyn Snapshot| {
            self.begin_versions = snapshot.shards()?.into_iter().map(|(shard, state)| (shard, state.version)).collect();
            Ok(())
        });
        read.map_err(text)
    }

    /// Sees what was added to the log. Where nothing but time lies between two looks, one command at a time was.
    pub fn see(&mut self, storage: &dyn Storage) -> Result<(), String> {
        let read = storage.read(&mut |snapshot: &dyn Snapshot| {
            for (shard, _) in snapshot.shards()? {
                let seen = self.seen.entry(shard).or_default();
                let order = &mut self.order;
                snapshot.log(shard, *seen, &mut |entry| {
                    *seen = entry.no;
                    order.push((shard, entry.no));
                    true
                })?;
            }
            Ok(())
        });
        read.map_err(text)
    }

    /// The server was set back: what it does not know any more did not happen.
    pub fn set_back(&mut self, storage: &dyn Storage) -> Result<(), String> {
        let read = storage.read(&mut |snapshot: &dyn Snapshot| {
            self.seen = snapshot.shards()?.into_iter().map(|(shard, state)| (shard, state.log_no)).collect();
            Ok(())
        });
        read.map_err(text)?;
        let seen = &self.seen;
        self.order.retain(|(shard, no)| seen.get(shard).is_some_and(|last| no <= last));
        Ok(())
    }

    /// Plays the log again from the beginning, command by command, by the rules alone: every judgement, every record and every version
    /// must come out as the server has them. `authority` is its public key.
    pub fn rebuild(&self, storage: &dyn Storage, authority: [u8; 32]) -> Result<(), String> {
        let mut log: BTreeMap<(Id, u64), LogEntry> = BTreeMap::new();
        let mut heads = BTreeMap::new();
        let read = storage.read(&mut |snapshot: &dyn Snapshot| {
            for (shard, state) in snapshot.shards()? {
                heads.insert(shard, state.version);
                snapshot.log(shard, 0, &mut |entry| {
                    log.insert((shard, entry.no), entry);
                    true
                })?;
            }
            Ok(())
        });
        read.map_err(text)?;
        if log.len() != self.order.len() {
            return Err(format!("the log has {} entries, and {} commands were taken in", log.len(), self.order.len()));
        }
        let mut made = self.begin.clone();
        let mut versions = self.begin_versions.clone();
        let mut floors = BTreeMap::new();
        for place in &self.order {
            let entry = log.get(place).ok_or("an entry of the log is gone")?;
            let version = versions.entry(place.0).or_default();
            let floor = floors.entry((place.0, entry.device)).or_insert(Timestamp::from_millis(0));
            let writes = Self::judge(entry, &made, authority, floor)?;
            *version += writes.len() as u64;
            made.extend(writes.into_iter().map(|write| (write.key, write.body)));
            if *version != entry.version {
                return Err(format!(
                    "entry {} of shard {} has version {}, its commands lead to {version}",
                    entry.no, place.0, entry.version
                ));
            }
        }
        if versions != heads {
            return Err(format!("the shards stand at {heads:?}, their logs lead to {versions:?}"));
        }
        let held = everything(storage)?;
        for (key, body) in &made {
            if held.get(key) != Some(body) {
                return Err(format!("{key} is {:?}, and its history leads to {body:?}", held.get(key)));
            }
        }
        held.keys().find(|key| !made.contains_key(key)).map_or(Ok(()), |key| Err(format!("{key} has no history")))
    }

    /// What an entry leads to; nothing where it was refused. An error where the rules say something else than the server said.
    fn judge(
        entry: &LogEntry,
        made: &BTreeMap<Key, Body>,
        authority: [u8; 32],
        floor: &mut Timestamp,
    ) -> Result<Vec<Write>, String> {
        let envelope = Envelope::parse(&entry.envelope).map_err(text)?;
        let command = envelope.command().map_err(text)?;
        let said: Option<Refusal> = entry.refusal.as_ref().and_then(|json| serde_json::from_slice(json).ok());
        let times = envelope.times();
        let delivery = Delivery { received: entry.received, mono_ms: entry.mono_ms, boot: entry.boot };
        let moment = Interval::derive(&times, times.token.is_some(), &delivery).no_earlier_than(*floor, &delivery);
        *floor = moment.earliest;
        let actor = envelope.actor;
        let judged = match made.get(&Key::new(Kind::Member, actor)).and_then(Member::of_ref) {
            None => Err(Code::Unknown.into()),
            Some(member) => {
                let held = made.values().filter_map(Appointment::of_ref);
                let held = held.filter(|held| held.member == actor && held.in_force(moment.latest));
                let appointments: Vec<Appointment> = held.cloned().collect();
                let device = entry.device;
                let authority = Some(authority);
                let context = Context { actor, member, appointments: &appointments, device, made: moment, authority };
                decide(&command, made.get(&command.target), &Made(made), &context)
            }
        };
        let what = || format!("command {} of {} ({} on {})", entry.seq, entry.device, command.action.name(), command.target);
        match (judged, said) {
            (Ok(writes), None) => Ok(writes),
            // Where records live is no matter of the rules.
            (Ok(_), Some(refusal)) if refusal.code == Code::WrongShard => Ok(vec![]),
            (Err(refusal), Some(said)) if refusal == said => Ok(vec![]),
            (judged, said) => Err(format!("{} was answered {said:?}, the rules say {:?}", what(), judged.err())),
        }
    }
}
