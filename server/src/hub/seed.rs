//! Loading records that no command made: the orgs and people a city begins with.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use haitang_domain::directory::Org;
use haitang_domain::{Body, Id, Key, Kind, Write};

use super::{Hub, shard_of};
use crate::account::access::look;
use crate::storage::StorageError;

/// Records in one transaction.
const CHUNK: usize = 10_000;

/// Why records could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The storage.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// An org that belongs to none that is known; orgs come before what belongs to them.
    #[error("{0} belongs to org {1}, which is not there")]
    NoHome(Key, Id),
    /// There is such a record already.
    #[error("{0} is there already")]
    Exists(Key),
}

impl Hub {
    /// Loads records, orgs before what belongs to them. They enter their feeds and take versions like any others, but leave nothing
    /// in the command log. Returns how many.
    pub fn seed(&self, records: impl IntoIterator<Item = Write>) -> Result<usize, SeedError> {
        let mut orgs: HashMap<Id, Option<Org>> = HashMap::new();
        let mut waiting: HashMap<Id, Vec<Write>> = HashMap::new();
        let mut count = 0;
        for write in records {
            if let Body::Org(org) = &write.body {
                orgs.insert(write.key.id, Some(org.clone()));
            }
            let home = write.body.home(write.key.id);
            let shard = self.home_shard(&mut orgs, home)?.ok_or(SeedError::NoHome(write.key, home))?;
            let chunk = waiting.entry(shard).or_default();
            chunk.push(write);
            count += 1;
            if chunk.len() >= CHUNK {
                let chunk = std::mem::take(chunk);
                self.load(shard, &chunk)?;
            }
        }
        for (shard, chunk) in waiting {
            self.load(shard, &chunk)?;
        }
        Ok(count)
    }

    fn home_shard(&self, orgs: &mut HashMap<Id, Option<Org>>, home: Id) -> Result<Option<Id>, StorageError> {
        // The way up, from what was loaded before where this load does not bring it.
        let mut next = Some(home);
        for _ in 0..16 {
            let Some(id) = next else { break };
            if let Entry::Vacant(place) = orgs.entry(id) {
                let found = look(self.storage.as_ref(), |snapshot| snapshot.record(Key::new(Kind::Org, id)))?;
                place.insert(found.and_then(|stored| haitang_domain::record::Typed::of(stored.body)));
            }
            next = orgs.get(&id).and_then(Option::as_ref).and_then(|org| org.parent);
        }
        Ok(shard_of(&|id| orgs.get(&id).cloned().flatten(), home))
    }

    fn load(&self, shard: Id, chunk: &[Write]) -> Result<(), SeedError> {
        let mut exists = None;
        let loaded = self.storage.write(shard, &mut |writer| {
            let mut state = writer.state()?.unwrap_or_default();
            for write in chunk {
                state.version += 1;
                if let Err(error) = writer.put(write.key, &write.body, state.version, None) {
                    exists = writer.record(write.key)?.map(|_| write.key);
                    return Err(error);
                }
            }
            writer.set_state(&state)
        });
        match exists {
            Some(key) => Err(SeedError::Exists(key)),
            None => Ok(loaded?),
        }
    }
}
