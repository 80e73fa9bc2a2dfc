//! Writing records by doing real commands.

use std::collections::BTreeMap;

use haitang_domain::directory::{Appointment, Member};
use haitang_domain::evidence::Interval;
use haitang_domain::record::Typed;
use haitang_domain::time::MINUTE_MS;
use haitang_domain::{Action, Body, Command, Context, Id, Key, Kind, Refusal, Timestamp, World, Write, decide};

/// Someone who acts while the city is made.
#[derive(Clone, Debug)]
pub struct Person {
    /// Who.
    pub id: Id,
    /// Their record.
    pub member: Member,
    /// What they hold.
    pub appointments: Vec<Appointment>,
}

/// A command of the generator that the rules refused: a mistake in the generator.
#[derive(Debug, thiserror::Error)]
#[error("{name} on {target}: {refusal}")]
pub struct Refused {
    name: String,
    target: Key,
    refusal: Refusal,
}

/// The records of one part of the city, in the making.
#[derive(Debug, Default)]
pub struct Pen {
    world: Known,
    made: Vec<Key>,
}

#[derive(Debug, Default)]
struct Known(BTreeMap<Key, Body>);

impl World for Known {
    fn get(&self, key: Key) -> Option<Body> {
        self.0.get(&key).cloned()
    }
}

impl Pen {
    /// Tells it of a record of another part, for the rules to look at.
    pub fn know(&mut self, id: Id, body: impl Typed) {
        let write = Write::new(id, body);
        self.world.0.insert(write.key, write.body);
    }

    /// Writes a record as it is.
    pub fn put(&mut self, id: Id, body: impl Typed) {
        self.keep(Write::new(id, body));
    }

    /// Has someone do something at `at`, known to two minutes, and keeps what it leads to.
    pub fn act(&mut self, who: &Person, at: Timestamp, kind: Kind, id: Id, action: Action) -> Result<(), Refused> {
        let context = Context {
            actor: who.id,
            member: &who.member,
            appointments: &who.appointments,
            device: Id::NIL,
            made: Interval { earliest: at, latest: at.plus_millis(2 * MINUTE_MS) },
            authority: None,
        };
        let command = Command { target: Key::new(kind, id), action };
        let before = self.world.get(command.target);
        let refused = |refusal| Refused { name: command.action.name(), target: command.target, refusal };
        let writes = decide(&command, before.as_ref(), &self.world, &context).map_err(refused)?;
        for write in writes {
            self.keep(write);
        }
        Ok(())
    }

    fn keep(&mut self, write: Write) {
        if self.world.0.insert(write.key, write.body).is_none() {
            self.made.push(write.key);
        }
    }

    /// The records as they are in the end, in the order in which they were first written.
    pub fn into_writes(mut self) -> Vec<Write> {
        self.made.iter().filter_map(|key| Some(Write { key: *key, body: self.world.0.remove(key)? })).collect()
    }
}
