//! The proof that the command log is whole: every hash, every device's chain, every signature, every version.

use std::collections::HashMap;

use haitang_domain::Id;
use haitang_protocol::ChainHash;

use crate::account::access::look;
use crate::storage::{LogEntry, Result, Snapshot, Storage};

/// What was found in one shard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShardReport {
    /// The shard.
    pub shard: Id,
    /// Entries of its log that are in order.
    pub entries: u64,
    /// Its version.
    pub version: u64,
    /// The first thing that is not in order, with its place.
    pub fault: Option<String>,
}

/// Walks the log of every shard.
pub fn verify_log(storage: &dyn Storage) -> Result<Vec<ShardReport>> {
    look(storage, |snapshot| {
        let shards = snapshot.shards()?;
        shards
            .into_iter()
            .map(|(shard, state)| {
                let mut walk = Walk::new(snapshot, shard);
                let mut failed = None;
                snapshot.log(shard, 0, &mut |entry| match walk.step(&entry) {
                    Ok(()) => walk.fault.is_none(),
                    Err(error) => {
                        failed = Some(error);
                        false
                    }
                })?;
                if let Some(error) = failed {
                    return Err(error);
                }
                let mut fault = walk.fault.take();
                if fault.is_none() && (walk.no, walk.hash) != (state.log_no, state.log_hash) {
                    fault = Some(format!("the log ends at {} and the shard at {}: entries are missing", walk.no, state.log_no));
                }
                if fault.is_none() {
                    fault = walk.devices_at_end()?;
                }
                if fault.is_none() {
                    fault = versions(snapshot, shard, state.version)?;
                }
                Ok(ShardReport { shard, entries: walk.no, version: state.version, fault })
            })
            .collect()
    })
}

struct Walk<'a> {
    snapshot: &'a dyn Snapshot,
    shard: Id,
    no: u64,
    hash: [u8; 32],
    version: u64,
    devices: HashMap<Id, (u64, ChainHash, bool)>,
    keys: HashMap<Id, Option<[u8; 32]>>,
    fault: Option<String>,
}

impl<'a> Walk<'a> {
    fn new(snapshot: &'a dyn Snapshot, shard: Id) -> Self {
        let (devices, keys) = Default::default();
        Self { snapshot, shard, no: 0, hash: [0; 32], version: 0, devices, keys, fault: None }
    }

    fn step(&mut self, entry: &LogEntry) -> Result<()> {
        self.fault = self.wrong(entry)?.map(|what| format!("entry {}: {what}", entry.no));
        if self.fault.is_none() {
            (self.no, self.hash, self.version) = (entry.no, entry.hash, entry.version);
        }
        Ok(())
    }

    fn wrong(&mut self, entry: &LogEntry) -> Result<Option<String>> {
        if entry.no != self.no + 1 {
            return Ok(Some(format!("entry {} is missing", self.no + 1)));
        }
        if entry.hash != entry.link(&self.hash) {
            return Ok(Some("its hash does not fit: it, or one before it, was changed".into()));
        }
        if entry.version < self.version {
            return Ok(Some("the version goes back".into()));
        }
        let start = (0, ChainHash::start(entry.device, self.shard), true);
        let (seq, link, _) = self.devices.get(&entry.device).copied().unwrap_or(start);
        if entry.seq <= seq {
            return Ok(Some(format!("command {} of device {} comes twice", entry.seq, entry.device)));
        }
        let link = link.next(&entry.envelope);
        if let Some(signature) = &entry.signature {
            let key = self.key(entry.device)?;
            let signature: Option<[u8; 64]> = signature.as_slice().try_into().ok();
            let signed = key.zip(signature).is_some_and(|(key, signature)| link.is_signed(&key, &signature));
            if !signed {
                return Ok(Some(format!("the signature of device {} does not fit", entry.device)));
            }
        }
        self.devices.insert(entry.device, (entry.seq, link, entry.signature.is_some()));
        Ok(None)
    }

    fn key(&mut self, device: Id) -> Result<Option<[u8; 32]>> {
        if let Some(key) = self.keys.get(&device) {
            return Ok(*key);
        }
        let key = self.snapshot.device_key(device)?;
        self.keys.insert(device, key);
        Ok(key)
    }

    /// Every device's last command is signed, and is where the server thinks it is.
    fn devices_at_end(&self) -> Result<Option<String>> {
        for (device, (seq, link, signed)) in &self.devices {
            if !signed {
                return Ok(Some(format!("command {seq} of device {device} is not signed")));
            }
            let state = self.snapshot.device_state(self.shard, *device)?;
            if state.is_none_or(|state| (state.seq, state.hash) != (*seq, link.0)) {
                return Ok(Some(format!("device {device} is not where its commands end")));
            }
        }
        Ok(None)
    }
}

/// No two records stand at one version, and none beyond the shard's.
fn versions(snapshot: &dyn Snapshot, shard: Id, end: u64) -> Result<Option<String>> {
    let mut last = 0;
    let mut fault = None;
    snapshot.versions(shard, &mut |key, version| {
        if version <= last || version > end {
            fault = Some(format!("{key} stands at version {version}, which cannot be"));
        }
        last = version;
        fault.is_none()
    })?;
    Ok(fault)
}
