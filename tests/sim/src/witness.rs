//! Whoever saw what was acknowledged to people, and holds everyone to it.

use std::collections::BTreeMap;

use haitang_domain::attachment::Sha256;
use haitang_domain::{Action, Id, Key, Kind, Refusal, Timestamp, activity, task};
use haitang_protocol::Envelope;
use haitang_server::storage::{Snapshot, Storage};
use haitang_store::{Store, StoreError, Unsent};

/// What phones acknowledged, by device and number.
#[derive(Default)]
pub struct Witness {
    /// When things were really done to records; `None` for what was done at a moment that nobody saw.
    pub truth: BTreeMap<Key, Vec<Option<Timestamp>>>,
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
    /// Why it was refused, if it was.
    pub refusal: Option<Refusal>,
}

/// The server's log, by device, number and shard. A number names one command of a device in one shard: a phone that was set back to
/// an old copy of itself may use it again in another.
pub type Log = BTreeMap<(Id, u64, Id), Logged>;

/// What the log has under a number of a device.
fn logged(log: &Log, device: Id, seq: u64) -> impl Iterator<Item = &Logged> {
    let end = Id::from_bytes([0xff; 16]);
    log.range((device, seq, Id::NIL)..=(device, seq, end)).map(|(_, logged)| logged)
}

/// Reads the log of every shard. An error where a command stands in it twice.
pub fn read_log(storage: &dyn Storage) -> Result<Log, String> {
    let mut log = Log::new();
    let mut twice = None;
    let read = storage.read(&mut |snapshot: &dyn Snapshot| {
        for (shard, _) in snapshot.shards()? {
            snapshot.log(shard, 0, &mut |entry| {
                let json =
                    Envelope::parse(&entry.envelope).map(|envelope| String::from_utf8_lossy(&envelope.action).into_owned());
                let refusal = entry.refusal.and_then(|json| serde_json::from_slice(&json).ok());
                let logged = Logged { json: json.unwrap_or_default(), refusal };
                if log.insert((entry.device, entry.seq, shard), logged).is_some() {
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

/// The record in which the server writes when this command was made.
fn dated_by(target: Key, json: &str) -> Option<Key> {
    match Action::parse(json.as_bytes()).ok()? {
        Action::Activity(
            activity::Action::CheckIn { .. } | activity::Action::CheckInFor { .. } | activity::Action::SubmitLog { .. },
        ) => Some(target),
        Action::Task(task::Action::Report(report)) => Some(Key::new(Kind::Report, report.report_id)),
        _ => None,
    }
}

/// The files that an action names.
fn files_of(json: &str) -> Vec<Sha256> {
    let named = json.split("\"sha256\":\"").skip(1);
    named.filter_map(|rest| rest.get(..64)?.parse().ok()).collect()
}

impl Witness {
    /// Sees what a phone holds that it did not hold before, and that it was made just now, if it was.
    pub fn see(&mut self, device: Id, store: &Store, now: Option<Timestamp>) -> Result<(), StoreError> {
        let made = self.made.entry(device).or_default();
        let after = made.last_key_value().map_or(0, |(seq, _)| *seq);
        for unsent in unsettled(store, after)? {
            let Unsent { seq, target, action, json, .. } = unsent;
            if let Some(record) = dated_by(target, &json) {
                self.truth.entry(record).or_default().push(now);
            }
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

    /// That every file which an accepted command of a phone names is with the server.
    pub fn files_arrived(&self, device: Id, storage: &dyn Storage, log: &Log) -> Result<(), String> {
        for (seq, made) in self.made.get(&device).into_iter().flatten() {
            if logged(log, device, *seq).all(|logged| logged.refusal.is_some()) {
                continue;
            }
            for hash in files_of(&made.json) {
                if storage.file(&hash).map_err(|error| error.to_string())?.is_none() {
                    return Err(format!("file {hash} of command {seq} of {device} is not with the server"));
                }
            }
        }
        Ok(())
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
            match logged(log, device, *seq).find(|logged| !set_back || logged.json == made.json) {
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
                None if with_phone.is_none() => return Err(format!("{} is lost", what())),
                Some(Logged { refusal: None, .. }) | None => {}
            }
        }
        Ok(())
    }
}
