//! Whoever saw what was acknowledged to people, and holds everyone to it.

use std::collections::BTreeMap;

use haitang_domain::{Id, Key, Refusal};
use haitang_protocol::Envelope;
use haitang_server::storage::{Snapshot, Storage};
use haitang_store::{Store, StoreError, Unsent};

/// What phones acknowledged, by device and number.
#[derive(Default)]
pub struct Witness {
    made: BTreeMap<Id, BTreeMap<u64, Made>>,
}

/// One command that a person was told is kept.
struct Made {
    target: Key,
    action: String,
    json: String,
    /// Its author discarded it, or mended it into another.
    let_go: bool,
}

/// A command as the server's log has it.
pub struct Logged {
    json: String,
    refusal: Option<Refusal>,
}

/// The server's log, by device and number.
pub type Log = BTreeMap<(Id, u64), Logged>;

/// Reads the log of every shard. An error where a command stands in it twice.
pub fn read_log(storage: &dyn Storage) -> Result<Log, String> {
    let mut log = Log::new();
    let mut twice = None;
    let read = storage.read(&mut |snapshot: &dyn Snapshot| {
        for (shard, _) in snapshot.shards()? {
            snapshot.log(shard, 0, &mut |entry| {
                let json = Envelope::parse(&entry.envelope).map(|envelope| String::from_utf8_lossy(&envelope.action).into_owned());
                let refusal = entry.refusal.and_then(|json| serde_json::from_slice(&json).ok());
                let logged = Logged { json: json.unwrap_or_default(), refusal };
                if log.insert((entry.device, entry.seq), logged).is_some() {
                    twice = Some(format!("command {} of {} is in the log twice", entry.seq, entry.device));
                }
                true
            })?;
        }
        Ok(())
    });
    read.map_err(|error| error.to_string())?;
    twice.map_or(Ok(log), Err)
}

/// Everything in the outbox and among the refused.
pub fn unsettled(store: &Store, after: u64) -> Result<Vec<Unsent>, StoreError> {
    let mut all = store.waiting(after, u32::MAX)?;
    all.extend(store.refused(after, u32::MAX)?);
    Ok(all)
}

impl Witness {
    /// Sees what a phone holds that it did not hold before.
    pub fn see(&mut self, device: Id, store: &Store) -> Result<(), StoreError> {
        let made = self.made.entry(device).or_default();
        let after = made.last_key_value().map_or(0, |(seq, _)| *seq);
        for unsent in unsettled(store, after)? {
            let Unsent { seq, target, action, json, .. } = unsent;
            made.insert(seq, Made { target, action, json, let_go: false });
        }
        Ok(())
    }

    /// How many commands were acknowledged.
    pub fn count(&self) -> usize {
        self.made.values().map(BTreeMap::len).sum()
    }

    /// An author let a refused command go.
    pub fn let_go(&mut self, device: Id, seq: u64) {
        if let Some(made) = self.made.get_mut(&device).and_then(|made| made.get_mut(&seq)) {
            made.let_go = true;
        }
    }

    /// A phone is gone with all it had not sent, or was set back: nothing it acknowledged is asked for any more.
    pub fn excuse(&mut self, device: Id) {
        self.made.remove(&device);
    }

    /// Holds a phone and the server to what the phone acknowledged: each command is with the server, or still with the phone, or its
    /// author has let it go. A phone that was set back may have other commands under the numbers that the server knows; these it keeps.
    pub fn hold(&self, device: Id, store: &Store, log: &Log, set_back: bool) -> Result<(), String> {
        let held = unsettled(store, 0).map_err(|error| error.to_string())?;
        let held: BTreeMap<u64, &Unsent> = held.iter().map(|unsent| (unsent.seq, unsent)).collect();
        for (seq, made) in self.made.get(&device).into_iter().flatten() {
            let what = || format!("command {seq} of {device} ({} on {})", made.action, made.target);
            let with_phone = held.get(seq);
            if let Some(unsent) = with_phone.filter(|unsent| unsent.json != made.json) {
                return Err(format!("{} now says {}", what(), unsent.json));
            }
            match log.get(&(device, *seq)).filter(|logged| !set_back || logged.json == made.json) {
                Some(logged) if logged.json != made.json => {
                    return Err(format!("{} arrived as {}", what(), logged.json));
                }
                Some(Logged { refusal: Some(refusal), .. }) => {
                    // What a phone does by itself it clears away by itself.
                    let by_itself = ["task.extend_routine", "quiz.mark"].contains(&made.action.as_str());
                    if with_phone.is_none() && !made.let_go && !by_itself {
                        return Err(format!("{} was refused ({refusal}) and its author is not told", what()));
                    }
                }
                Some(Logged { refusal: None, .. }) => {}
                None if with_phone.is_none() => return Err(format!("{} is lost", what())),
                None => {}
            }
        }
        Ok(())
    }
}
