//! The records as `decide` sees them: as they are shown, or as they are confirmed with some effects laid over.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use haitang_domain::directory::{Appointment, Member};
use haitang_domain::evidence::Interval;
use haitang_domain::record::Typed as _;
use haitang_domain::{Body, Code, Command, Context, Id, Key, Kind, Refusal, World, Write, Writes, decide};
use rusqlite::Connection;

use crate::error::Error;
use crate::identity::Identity;
use crate::record::{self, id_at};

/// The key under which it is noted that a command depends on which appointments a member has, or changes that.
pub(crate) fn appointments_of(member: Id) -> Key {
    Key::new(Kind::Appointment, member)
}

/// A view of the records that remembers what was asked of it.
pub(crate) struct Lens<'a> {
    db: &'a Connection,
    confirmed: bool,
    seen: RefCell<BTreeMap<Key, Option<Body>>>,
    asked: RefCell<BTreeSet<Key>>,
    failure: Cell<Option<Error>>,
}

impl<'a> Lens<'a> {
    /// Records as screens read them.
    pub fn shown(db: &'a Connection) -> Self {
        Self { db, confirmed: false, seen: RefCell::default(), asked: RefCell::default(), failure: Cell::new(None) }
    }

    /// Records as the server last told of them.
    pub fn confirmed(db: &'a Connection) -> Self {
        Self { confirmed: true, ..Self::shown(db) }
    }

    /// Lays a new body over what is there.
    pub fn lay(&self, write: Write) {
        self.seen.borrow_mut().insert(write.key, Some(write.body));
    }

    /// What a record says through this lens, without its being noted.
    pub fn peek(&self, key: Key) -> Option<Body> {
        self.seen.borrow().get(&key).cloned().flatten()
    }

    /// Everything that was looked at through this lens and is there.
    pub fn into_records(self) -> BTreeMap<Key, Body> {
        self.seen.into_inner().into_iter().filter_map(|(key, body)| Some((key, body?))).collect()
    }

    /// The keys asked for since the last time.
    pub fn take_asked(&self) -> BTreeSet<Key> {
        self.asked.take()
    }

    fn fetch(&self, key: Key) -> Result<Option<Body>, Error> {
        let Some(stored) = record::load(self.db, key)? else { return Ok(None) };
        let json = if self.confirmed { stored.confirmed() } else { Some(stored.body.as_str()) };
        // What a newer version wrote cannot be judged here; the server can.
        let parse = |json: &str| Body::parse(key.kind, json.as_bytes()).map_err(|_| Error::from(Code::TooNew));
        json.map(parse).transpose()
    }

    fn appointments(&self, member: Id, made: Interval) -> Result<Vec<Appointment>, Error> {
        self.asked.borrow_mut().insert(appointments_of(member));
        let mut ids = BTreeSet::new();
        let mut statement = self.db.prepare_cached(include_str!("record/appointments.sql"))?;
        let mut rows = statement.query([member.to_string()])?;
        while let Some(row) = rows.next()? {
            ids.insert(id_at(row, 0)?);
        }
        let theirs = |body: &Option<Body>| matches!(body, Some(Body::Appointment(held)) if held.member == member);
        // Of all that was seen, which may be thousands of records, the appointments alone.
        let all = Key::new(Kind::Appointment, Id::NIL)..=Key::new(Kind::Appointment, Id::from_bytes([0xff; 16]));
        ids.extend(self.seen.borrow().range(all).filter(|(_, body)| theirs(body)).map(|(key, _)| key.id));
        let held = ids.into_iter().filter_map(|id| self.get(Key::new(Kind::Appointment, id)).and_then(Appointment::of));
        Ok(held.filter(|held| held.member == member && held.in_force(made.latest)).collect())
    }

    /// Judges a command of `actor` through this lens.
    pub fn judge(&self, me: &Identity, actor: Id, made: Interval, command: &Command) -> Result<Writes, Error> {
        let member = self.get(Key::new(Kind::Member, actor)).and_then(Member::of);
        let member = member.ok_or_else(|| Refusal::new(Code::Missing).with("kind", "member"));
        let appointments = self.appointments(actor, made)?;
        let before = self.get(command.target);
        let judged = member.and_then(|member| {
            let context = Context {
                actor,
                member: &member,
                appointments: &appointments,
                device: me.device,
                made,
                authority: Some(me.server_key),
            };
            decide(command, before.as_ref(), self, &context)
        });
        match self.failure.take() {
            Some(error) => Err(error),
            None => Ok(judged?),
        }
    }
}

impl World for Lens<'_> {
    fn get(&self, key: Key) -> Option<Body> {
        self.asked.borrow_mut().insert(key);
        if let Some(seen) = self.seen.borrow().get(&key) {
            return seen.clone();
        }
        let body = self.fetch(key).unwrap_or_else(|error| {
            self.failure.set(Some(error));
            None
        });
        self.seen.borrow_mut().insert(key, body.clone());
        body
    }
}
