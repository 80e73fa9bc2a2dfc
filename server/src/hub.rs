//! Takes commands in and gives changes out.
//!
//! Each shard has one queue. Whoever drains it takes as many phones' pushes as wait and commits them in one transaction
//! ([`ingest`]): a busy evening costs a disk flush per batch, not per phone. What was committed is told to the live connections.

mod ingest;
mod pull;
mod seed;
#[cfg(test)]
pub(crate) mod tests;

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use haitang_domain::directory::{Appointment, Member, OrgKind};
use haitang_domain::record::Typed;
use haitang_domain::{Body, Feed, Id, Key, Kind, Timestamp, World, access};
use haitang_protocol::push::{Push, PushAnswer};
use haitang_protocol::{Problem, ProblemCode};
use parking_lot::Mutex;
use tokio::sync::{broadcast, mpsc, oneshot};

use crate::account::access::look;
use crate::keys::Keys;
use crate::storage::{Snapshot, Storage, StorageError};
use ingest::Job;

/// Pushes that may wait for one shard; more are told to come again.
const QUEUE: usize = 1_024;
/// Commands taken into one transaction: enough that a flush is shared widely, few enough that nobody waits long.
const GROUP_COMMANDS: usize = 4_000;
/// Bytes of commands that may wait for all shards together.
const WAITING_BYTES: usize = 256 * 1024 * 1024;
/// Commits that a live connection may fall behind before it is told to pull whatever it was.
const MOVED: usize = 1_024;

/// Some feeds of a shard have moved on.
#[derive(Clone, Debug)]
pub struct Moved {
    /// The shard.
    pub shard: Id,
    /// The feeds.
    pub feeds: Arc<[Feed]>,
}

/// Takes commands in and gives changes out.
pub struct Hub {
    storage: Arc<dyn Storage>,
    keys: Arc<Keys>,
    epoch: Id,
    queues: Mutex<HashMap<Id, mpsc::Sender<Job>>>,
    moved: broadcast::Sender<Moved>,
    depth: AtomicUsize,
    waiting_bytes: AtomicUsize,
}

impl std::fmt::Debug for Hub {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hub").field("epoch", &self.epoch).finish_non_exhaustive()
    }
}

impl Hub {
    /// Over a storage, with the server's keys.
    pub fn new(storage: Arc<dyn Storage>, keys: Arc<Keys>) -> Result<Self, StorageError> {
        let epoch = storage.epoch()?;
        let moved = broadcast::Sender::new(MOVED);
        Ok(Self {
            storage,
            keys,
            epoch,
            queues: Mutex::default(),
            moved,
            depth: AtomicUsize::new(0),
            waiting_bytes: AtomicUsize::new(0),
        })
    }

    /// The epoch to which cursors belong.
    pub fn epoch(&self) -> Id {
        self.epoch
    }

    /// Pushes that wait or are being committed.
    pub fn queue_depth(&self) -> usize {
        self.depth.load(Ordering::Relaxed)
    }

    /// Told of every commit.
    pub fn subscribe(&self) -> broadcast::Receiver<Moved> {
        self.moved.subscribe()
    }

    /// Takes in the commands of an authenticated device and says what became of each, once they are committed.
    pub async fn push(&self, device: Id, push: Push, received: Timestamp) -> Result<PushAnswer, Problem> {
        if push.device != device {
            return Err(Problem::new(ProblemCode::NotYourDevice, "the token belongs to another device"));
        }
        ingest::check_limits(&push)?;
        if push.epoch != self.epoch {
            return Err(Problem::new(ProblemCode::EpochChanged, "the server was set back since: pull first"));
        }
        let storage = Arc::clone(&self.storage);
        let shard = push.shard;
        let known = tokio::task::spawn_blocking(move || {
            let state = look(storage.as_ref(), |snapshot| snapshot.shard(shard))?;
            Ok::<_, StorageError>((storage.device(device)?, state))
        });
        let (device, state) = known.await.map_err(internal)??;
        let device = device.ok_or_else(|| Problem::new(ProblemCode::Unauthorized, "no such device"))?;
        if state.is_none() {
            return Err(Problem::new(ProblemCode::NoSuchShard, "there is no such shard"));
        }
        let (reply, answer) = oneshot::channel();
        let _waiting = Waiting::new(self, &push).ok_or_else(unavailable)?;
        let job = Job { device, push, received, reply };
        self.queue(shard).try_send(job).map_err(|_| unavailable())?;
        // The task that drained the queue may go away without an answer: then nothing was acknowledged.
        answer.await.map_err(|_| unavailable())?
    }

    /// The queue of a shard, with its task.
    fn queue(&self, shard: Id) -> mpsc::Sender<Job> {
        let mut queues = self.queues.lock();
        if let Some(queue) = queues.get(&shard).filter(|queue| !queue.is_closed()) {
            return queue.clone();
        }
        let (sender, mut receiver) = mpsc::channel::<Job>(QUEUE);
        queues.insert(shard, sender.clone());
        let (storage, keys, moved) = (Arc::clone(&self.storage), Arc::clone(&self.keys), self.moved.clone());
        tokio::spawn(async move {
            while let Some(first) = receiver.recv().await {
                let mut group = vec![first];
                let mut commands = group[0].push.commands.len();
                while commands < GROUP_COMMANDS
                    && let Ok(next) = receiver.try_recv()
                {
                    commands += next.push.commands.len();
                    group.push(next);
                }
                let (storage, keys, moved) = (Arc::clone(&storage), Arc::clone(&keys), moved.clone());
                let committed = tokio::task::spawn_blocking(move || {
                    let feeds = ingest::commit(storage.as_ref(), &keys, shard, group);
                    if !feeds.is_empty() {
                        // Nobody listening is no error.
                        let _ = moved.send(Moved { shard, feeds: feeds.into_iter().collect() });
                    }
                });
                if let Err(error) = committed.await {
                    tracing::error!(%error, "a commit ended without an answer");
                }
            }
        });
        sender
    }

    /// The feeds that a member may read at `now`.
    pub fn feeds_of(&self, member: Id, now: Timestamp) -> Result<BTreeSet<Feed>, Problem> {
        look(self.storage.as_ref(), |snapshot| feeds_of(snapshot, member, now))?.ok_or_else(no_such_member)
    }
}

fn unavailable() -> Problem {
    Problem::new(ProblemCode::Unavailable, "too much is waiting; try again").with("after_s", 5)
}

/// A push that waits, counted for as long as it does.
struct Waiting<'a> {
    hub: &'a Hub,
    bytes: usize,
}

impl<'a> Waiting<'a> {
    /// `None` where too much waits already.
    fn new(hub: &'a Hub, push: &Push) -> Option<Self> {
        let bytes = push.commands.iter().map(|command| command.len()).sum();
        hub.depth.fetch_add(1, Ordering::Relaxed);
        let before = hub.waiting_bytes.fetch_add(bytes, Ordering::Relaxed);
        let waiting = Self { hub, bytes };
        (before + bytes <= WAITING_BYTES).then_some(waiting)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.hub.depth.fetch_sub(1, Ordering::Relaxed);
        self.hub.waiting_bytes.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

fn internal(error: impl std::fmt::Display) -> Problem {
    tracing::error!(%error, "internal fault");
    Problem::new(ProblemCode::Internal, "a fault of the server's own")
}

/// A snapshot as the domain sees the world. An error is kept: read as an absence it would cost a phone its feeds.
struct Seen<'a> {
    snapshot: &'a dyn Snapshot,
    failed: RefCell<Option<StorageError>>,
}

impl World for Seen<'_> {
    fn get(&self, key: Key) -> Option<Body> {
        self.snapshot.record(key).map_or_else(
            |error| {
                self.failed.replace(Some(error));
                None
            },
            |found| found.map(|stored| stored.body),
        )
    }
}

/// The feeds of a member; `None` where there is no such member, which is not the same as none.
fn feeds_of(snapshot: &dyn Snapshot, member: Id, now: Timestamp) -> Result<Option<BTreeSet<Feed>>, StorageError> {
    let Some(record) = snapshot.record(Key::new(Kind::Member, member))?.and_then(|stored| Member::of(stored.body)) else {
        return Ok(None);
    };
    let held = snapshot.appointments(member)?.into_iter().filter_map(|(_, body)| Appointment::of(body));
    #[cfg(feature = "planted")]
    let held = held.map(|held| match haitang_planted::is(haitang_planted::Bug::EndedOffices) {
        true => Appointment { ended: None, until: None, ..held },
        false => held,
    });
    let held: Vec<_> = held.filter(|held| held.in_force(now)).collect();
    let seen = Seen { snapshot, failed: RefCell::default() };
    let feeds = access::feeds(member, &record, &held, &seen);
    seen.failed.into_inner().map_or(Ok(Some(feeds)), Err)
}

fn no_such_member() -> Problem {
    Problem::new(ProblemCode::Forbidden, "the member is not known here")
}

/// The shard in which an org that is loaded lives: the nearest county, or an org above the counties where there is none.
fn shard_of(get: &dyn Fn(Id) -> Option<haitang_domain::directory::Org>, org: Id) -> Option<Id> {
    let mut next = Some(org);
    for _ in 0..16 {
        let id = next?;
        let record = get(id)?;
        match record.kind {
            OrgKind::County | OrgKind::City | OrgKind::Province => return Some(id),
            _ => next = record.parent,
        }
        if next.is_none() {
            // A tree without a county, such as a single street that tries it out: its topmost org is the shard.
            return Some(id);
        }
    }
    None
}
