//! The truth in hand: the records of the transaction as the rules see them, read once per group.

use std::cell::RefCell;
use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap, HashSet};

use haitang_domain::directory::{Appointment, Member, Org, OrgKind};
use haitang_domain::evidence::{Interval, TimeToken};
use haitang_domain::record::Typed;
use haitang_domain::{Body, Code, Command, Context, Feed, Id, Key, Kind, Refusal, World, Write, Writes, decide};

use crate::keys::Keys;
use crate::storage::{ShardWriter, StorageError, Stored};

/// What was read in this transaction, and what is known of it.
pub(super) struct Judge {
    shard: Id,
    authority: [u8; 32],
    records: HashMap<Key, Option<Stored>>,
    appointments: HashMap<Id, Vec<Appointment>>,
    genuine: HashSet<(Id, i64, [u8; 32])>,
}

/// The records, read as they are asked for.
struct Truth<'a> {
    writer: RefCell<&'a dyn ShardWriter>,
    records: RefCell<&'a mut HashMap<Key, Option<Stored>>>,
    failed: RefCell<Option<StorageError>>,
}

impl World for Truth<'_> {
    fn get(&self, key: Key) -> Option<Body> {
        if let Some(known) = self.records.borrow().get(&key) {
            return known.as_ref().map(|stored| stored.body.clone());
        }
        let found = self.writer.borrow().record(key).unwrap_or_else(|error| {
            self.failed.replace(Some(error));
            None
        });
        let body = found.as_ref().map(|stored| stored.body.clone());
        self.records.borrow_mut().insert(key, found);
        body
    }
}

impl Judge {
    pub(super) fn new(shard: Id, authority: [u8; 32]) -> Self {
        let (records, appointments, genuine) = Default::default();
        Self { shard, authority, records, appointments, genuine }
    }

    /// Forgets what was read: it may be half done.
    pub(super) fn forget(&mut self) {
        self.records.clear();
        self.appointments.clear();
    }

    /// Whether the server issued this token to this device. The same one comes with many commands.
    pub(super) fn is_genuine(&mut self, keys: &Keys, device: Id, token: &TimeToken) -> bool {
        let name = (device, token.issued.millis(), token.mac);
        if self.genuine.contains(&name) {
            return true;
        }
        let genuine = keys.is_own_time(device, token);
        if genuine {
            self.genuine.insert(name);
        }
        genuine
    }

    fn read(&mut self, writer: &dyn ShardWriter, key: Key) -> Result<Option<&Stored>, StorageError> {
        let known = match self.records.entry(key) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(writer.record(key)?),
        };
        Ok(known.as_ref())
    }

    /// Judges one command.
    pub(super) fn judge(
        &mut self,
        writer: &dyn ShardWriter,
        device: Id,
        actor: Id,
        made: Interval,
        command: &Command,
    ) -> Result<Result<Writes, Refusal>, StorageError> {
        let member = self.read(writer, Key::new(Kind::Member, actor))?.and_then(|stored| Member::of_ref(&stored.body).cloned());
        let Some(member) = member else { return Ok(Err(Code::Unknown.into())) };
        if let Entry::Vacant(place) = self.appointments.entry(actor) {
            place.insert(writer.appointments(actor)?.into_iter().filter_map(|(_, body)| Appointment::of(body)).collect());
        }
        let held = self.appointments.get(&actor).map(Vec::as_slice).unwrap_or_default();
        let appointments: Vec<_> = held.iter().filter(|held| held.in_force(made.latest)).cloned().collect();
        let context =
            Context { actor, member: &member, appointments: &appointments, device, made, authority: Some(self.authority) };
        let truth = Truth { writer: RefCell::new(writer), records: RefCell::new(&mut self.records), failed: RefCell::default() };
        let before = truth.get(command.target);
        let judged = decide(command, before.as_ref(), &truth, &context);
        if let Some(error) = truth.failed.into_inner() {
            return Err(error);
        }
        let Ok(writes) = judged else { return Ok(judged) };
        for write in &writes {
            if !self.belongs_here(writer, write)? {
                return Ok(Err(Code::WrongShard.into()));
            }
        }
        Ok(Ok(writes))
    }

    /// Whether a record lives in this shard, or is new and its home does.
    fn belongs_here(&mut self, writer: &dyn ShardWriter, write: &Write) -> Result<bool, StorageError> {
        let shard = self.shard;
        if let Some(stored) = self.read(writer, write.key)? {
            return Ok(stored.shard == shard);
        }
        let home = match &write.body {
            // A new county would be a shard of its own; these are made by the operator's import.
            Body::Org(Org { kind: OrgKind::County | OrgKind::City | OrgKind::Province, .. }) => return Ok(false),
            Body::Org(org) => org.parent,
            body => Some(body.home(write.key.id)),
        };
        let Some(home) = home else { return Ok(false) };
        // Where the org's own record lies, as the phone finds it too: there everything of it lives, however the tree looks today.
        let shard_of_home = self.read(writer, Key::new(Kind::Org, home))?.map(|stored| stored.shard);
        Ok(shard_of_home == Some(shard))
    }

    /// Writes a body at a version, and notes the feeds that it leaves.
    pub(super) fn write(
        &mut self,
        writer: &mut dyn ShardWriter,
        write: Write,
        version: u64,
        moved: &mut BTreeSet<Feed>,
    ) -> Result<(), StorageError> {
        let before = self.records.remove(&write.key).flatten();
        if let Some(before) = &before {
            moved.extend(before.body.feeds(write.key.id));
        }
        if let Body::Appointment(held) = &write.body {
            self.appointments.remove(&held.member);
        }
        let no = writer.put(write.key, &write.body, version, before.as_ref())?;
        #[cfg(feature = "planted")]
        if haitang_planted::is(haitang_planted::Bug::StaleJudge) && before.is_some() {
            let before = before.map(|before| Stored { version, ..before });
            self.records.insert(write.key, before);
            return Ok(());
        }
        self.records.insert(write.key, Some(Stored { no, shard: self.shard, version, body: write.body }));
        Ok(())
    }
}
