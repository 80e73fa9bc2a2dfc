//! A phone, a server in memory, and people, for this crate's tests.

use std::collections::{BTreeMap, BTreeSet};

use haitang_domain::activity::{self, ActivityKind, LogContent, Plan};
use haitang_domain::directory::{self, Appointment, Basis, Member, Org, OrgKind, Role, Switch};
use haitang_domain::evidence::{Interval, Times};
use haitang_domain::record::Typed;
use haitang_domain::time::HOUR_MS;
use haitang_domain::{
    Action, Body, Code, Command, Context, Feed, Id, Key, Kind, Refusal, Timestamp, World, Write, access, decide,
};
use haitang_protocol::pull::{Change, End, FeedHead, Head, PageBuilder};
use haitang_protocol::push::{Answer, ServerTime};
use haitang_protocol::{ChainHash, Envelope};
use tempfile::TempDir;

use crate::{Identity, Performed, Store, StoreError};

/// The key of every test's database.
pub const KEY: [u8; 32] = [7; 32];
/// When tests happen.
pub const NOW: i64 = 1_795_000_000_000;
/// The device.
pub const DEVICE: u8 = 200;
/// The secretary of branch 4, whose phone it is.
pub const ANNA: u8 = 10;
/// The administrator of street 2.
pub const BO: u8 = 11;
/// A member of branch 4.
pub const CAI: u8 = 12;
/// The shard of everything.
pub const SHARD: u8 = 1;

/// A small id.
pub fn id(n: u8) -> Id {
    let mut bytes = [0; 16];
    bytes[0] = 1;
    bytes[15] = n;
    Id::from_bytes(bytes)
}

/// What a phone knows of the time at `now`.
pub fn times(now: i64) -> Times {
    Times { wall: Timestamp::from_millis(now), mono_ms: 5, boot: id(201), token: None }
}

/// A moment known exactly.
pub fn at(now: i64) -> Interval {
    Interval::at(Timestamp::from_millis(now))
}

/// A phone of `member` with nothing on it, in a folder of its own.
pub fn phone_of(member: Id) -> (Store, TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(folder.path().join("phone.db"), KEY).expect("opens");
    let identity = Identity {
        device: id(DEVICE),
        member,
        name: "phone".into(),
        server: "https://localhost".into(),
        server_key: [3; 32],
        certificate: [4; 64],
        signing_key: [5; 32],
    };
    store.set_identity(&identity).expect("enrols");
    (store, folder)
}

/// Anna's phone and the server, in step.
pub fn in_step() -> (Store, Server, TempDir) {
    let (store, folder) = phone_of(id(ANNA));
    let mut server = Server::new();
    server.pull(&store);
    (store, server, folder)
}

impl Store {
    /// Does something at [`NOW`].
    pub fn act(&self, target: Key, action: Action) -> Result<Performed, StoreError> {
        self.perform(&Command { target, action }, times(NOW), at(NOW))
    }
}

/// The code of a refusal.
pub fn code<T: std::fmt::Debug>(result: Result<T, StoreError>) -> Code {
    match result.expect_err("is refused") {
        StoreError::Refused(refusal) => refusal.code,
        other => panic!("{other}"),
    }
}

/// A plan of branch 4.
pub fn plan(title: &str) -> Action {
    Action::Activity(activity::Action::Plan(Plan {
        org: id(4),
        template: None,
        kind: ActivityKind::Lecture,
        title: title.into(),
        place: "活动室".into(),
        starts: Timestamp::from_millis(NOW),
        ends: Timestamp::from_millis(NOW + HOUR_MS),
        host: id(ANNA),
        expected: [].into(),
    }))
}

/// What a log of branch 4 says.
pub fn content(title: &str) -> LogContent {
    LogContent {
        activity: None,
        template: None,
        kind: ActivityKind::Lecture,
        title: title.into(),
        held: Timestamp::from_millis(NOW),
        attendance: [].into(),
        fields: [].into(),
        files: vec![],
        late_reason: String::new(),
    }
}

pub fn edit_member(name: &str) -> Action {
    Action::Directory(directory::Action::EditMember { name: name.into(), phone: None })
}

pub fn add_member(name: &str) -> Action {
    Action::Directory(directory::Action::AddMember { org: id(4), name: name.into(), phone: None, joined: None })
}

pub fn rename_org(name: &str) -> Action {
    Action::Directory(directory::Action::RenameOrg { name: name.into() })
}

/// Records held in memory.
#[derive(Clone, Default)]
pub struct Memory(pub BTreeMap<Key, Body>);

impl World for Memory {
    fn get(&self, key: Key) -> Option<Body> {
        self.0.get(&key).cloned()
    }
}

impl Memory {
    fn held(&self, member: Id, now: Interval) -> Vec<Appointment> {
        let all = self.0.values().filter_map(Appointment::of_ref).cloned();
        all.filter(|held| held.member == member && held.in_force(now.latest)).collect()
    }

    /// Judges a command as anyone's.
    pub fn judge(&self, actor: Id, made: Interval, command: &Command) -> Result<Vec<Write>, Refusal> {
        let member = self.get(Key::new(Kind::Member, actor)).and_then(Member::of);
        let member = member.ok_or_else(|| Refusal::new(Code::Missing).with("kind", "member"))?;
        let appointments = self.held(actor, made);
        let context =
            Context { actor, member: &member, appointments: &appointments, device: id(DEVICE), made, authority: Some([3; 32]) };
        decide(command, self.get(command.target).as_ref(), self, &context)
    }
}

/// A server with one shard, and a chain of one device's commands.
pub struct Server {
    pub epoch: Id,
    pub records: Memory,
    versions: BTreeMap<Key, u64>,
    /// Records that left a feed, and at which version.
    left: BTreeMap<(Feed, Key), u64>,
    pub version: u64,
    pub answers: BTreeMap<u64, Answer>,
    pub chain: (u64, ChainHash),
    /// Every so-manieth command is refused whatever the rules say.
    pub refuse: bool,
    /// Feeds withheld from the phone.
    pub withheld: BTreeSet<Feed>,
    pub page_records: usize,
}

impl Server {
    pub fn new() -> Self {
        let mut server = Self {
            epoch: id(90),
            records: Memory::default(),
            versions: BTreeMap::new(),
            left: BTreeMap::new(),
            version: 0,
            answers: BTreeMap::new(),
            chain: (0, ChainHash::start(id(DEVICE), id(SHARD))),
            refuse: false,
            withheld: BTreeSet::new(),
            page_records: 1_000,
        };
        let kinds = [OrgKind::County, OrgKind::Street, OrgKind::Community, OrgKind::Branch];
        for (n, kind) in (1u8..).zip(kinds) {
            let parent = (n > 1).then(|| id(n - 1));
            let basis = Basis { document: "决议".into(), by: id(BO), since: Timestamp::from_millis(0) };
            let switches = [(Switch::CheckIn, basis)].into();
            server.put(id(n), Org { parent, kind, name: format!("org {n}"), switches, ..Org::default() });
        }
        for (n, org) in [(ANNA, 4), (BO, 2), (CAI, 4)] {
            server.put(id(n), Member { org: id(org), name: format!("member {n}"), ..Member::default() });
        }
        server.put(id(30), Appointment::new(id(ANNA), id(4), Role::Secretary));
        server.put(id(31), Appointment::new(id(BO), id(2), Role::Admin));
        server
    }

    /// Puts a record in, in the next version.
    pub fn put(&mut self, id: Id, body: impl Typed) {
        self.apply(Write::new(id, body));
    }

    fn apply_all(&mut self, writes: Vec<Write>) {
        for write in writes {
            self.apply(write);
        }
    }

    fn apply(&mut self, write: Write) {
        self.version += 1;
        let feeds = write.feeds();
        if let Some(before) = self.records.get(write.key) {
            for feed in before.feeds(write.key.id) {
                if !feeds.contains(&feed) {
                    self.left.insert((feed, write.key), self.version);
                }
            }
        }
        self.left.retain(|(feed, key), _| *key != write.key || !feeds.contains(feed));
        self.versions.insert(write.key, self.version);
        self.records.0.insert(write.key, write.body);
    }

    /// Somebody does something elsewhere.
    pub fn act(&mut self, actor: u8, target: Key, action: Action) -> Result<(), Refusal> {
        let writes = self.records.judge(id(actor), at(NOW), &Command { target, action })?;
        self.apply_all(writes);
        Ok(())
    }

    fn answer(&mut self, bytes: &[u8]) -> Answer {
        let envelope = Envelope::parse(bytes).expect("reads");
        if let Some(known) = self.answers.get(&envelope.seq) {
            return known.clone();
        }
        assert_eq!(envelope.prev_seq, self.chain.0, "nothing is missing between");
        let made = Interval::at(envelope.wall);
        let judged = if self.refuse {
            Err(Refusal::new(Code::Conflict))
        } else {
            self.records.judge(envelope.actor, made, &envelope.command().expect("a command"))
        };
        let refusal = match judged {
            Ok(writes) => {
                self.apply_all(writes);
                None
            }
            Err(refusal) => Some(serde_json::to_vec(&refusal).expect("serialises")),
        };
        self.chain = (envelope.seq, self.chain.1.next(bytes));
        let answer = Answer { seq: envelope.seq, version: self.version, refusal };
        self.answers.insert(envelope.seq, answer.clone());
        answer
    }

    /// Takes one push of at most `limit` commands. The answers are lost on the way where `heard` is false. Whether there was one.
    pub fn push(&mut self, store: &Store, limit: usize, heard: bool) -> bool {
        let Some(batch) = store.next_push(None, limit, usize::MAX).expect("pushes") else { return false };
        assert_eq!(batch.shard, id(SHARD));
        let linked = batch.commands.iter().fold(batch.prev_hash, |link, command| link.next(command));
        assert_eq!(linked, batch.last_hash, "the batch is one piece of the chain");
        let answers: Vec<_> = batch.commands.iter().map(|command| self.answer(command)).collect();
        if heard {
            store.settle(batch.shard, &answers).expect("settles");
        }
        true
    }

    /// The feeds of the phone's member, but for those withheld.
    pub fn feeds(&self, member: Id) -> BTreeSet<Feed> {
        let record = self.records.get(Key::new(Kind::Member, member)).and_then(Member::of).expect("a member");
        let held = self.records.held(member, at(NOW));
        let mut feeds = access::feeds(member, &record, &held, &self.records);
        feeds.retain(|feed| !self.withheld.contains(feed));
        feeds
    }

    /// Answers one pull whole.
    pub fn pull(&mut self, store: &Store) {
        assert!(self.pull_some(store, usize::MAX));
    }

    /// Answers one pull, cut after so many pages. Whether it was whole.
    pub fn pull_some(&mut self, store: &Store, pages: usize) -> bool {
        let request = store.pull_request().expect("asks");
        let member = store.identity().expect("reads").expect("is enrolled").member;
        let known = request.epoch == Some(self.epoch);
        let heads: Vec<_> = self.feeds(member).into_iter().map(|feed| FeedHead { shard: id(SHARD), feed, waiting: 0 }).collect();
        let time = ServerTime { issued: Timestamp::from_millis(NOW), mac: [0; 32] };
        store.begin(&Head { epoch: self.epoch, feeds: heads.clone(), time }).expect("begins");
        let mut sent = 0;
        for (place, head) in heads.iter().enumerate() {
            let cursor =
                request.cursors.iter().find(|cursor| known && cursor.feed == head.feed).map_or(0, |cursor| cursor.version);
            let changes = self.changes(head.feed, cursor);
            for (n, piece) in changes.chunks(self.page_records).enumerate() {
                if sent == pages {
                    return false;
                }
                let last = (n + 1) * self.page_records >= changes.len();
                let mut builder = PageBuilder::default();
                for (version, key, body) in piece {
                    builder.push(Change { kind: key.kind as u8, id: key.id, version: *version, body: body.as_deref() });
                }
                let cursor = if last { self.version } else { builder.last_version() };
                store.apply_page(head, &builder.page(place as u32, cursor)).expect("applies");
                sent += 1;
            }
        }
        store.finish(&End { heads: vec![(id(SHARD), self.version).into()], more: false }).expect("finishes");
        true
    }

    fn changes(&self, feed: Feed, cursor: u64) -> Vec<(u64, Key, Option<Vec<u8>>)> {
        let held = self.records.0.iter().filter(|(key, body)| body.feeds(key.id).contains(&feed));
        let held = held.map(|(key, body)| (self.versions[key], *key, Some(body.to_json())));
        let left = self.left.iter().filter(|((from, _), _)| *from == feed).map(|((_, key), version)| (*version, *key, None));
        let mut changes: Vec<_> = held.chain(left).filter(|(version, ..)| *version > cursor).collect();
        changes.sort();
        changes
    }

    /// What the phone must show once everything has been exchanged.
    pub fn visible(&self, member: Id) -> BTreeMap<Key, Vec<u8>> {
        let feeds = self.feeds(member);
        let seen = self.records.0.iter().filter(|(key, body)| body.feeds(key.id).iter().any(|feed| feeds.contains(feed)));
        seen.map(|(key, body)| (*key, body.to_json())).collect()
    }
}
