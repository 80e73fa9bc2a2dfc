use std::collections::BTreeMap;
use std::sync::Arc;

use ed25519_dalek::SigningKey;
use haitang_domain::activity::{self, ActivityKind, LogContent};
use haitang_domain::directory::{self, Appointment, Member, Org, OrgKind, Role};
use haitang_domain::evidence::{TimeToken, Times};
use haitang_domain::record::Typed;
use haitang_domain::{Action, Command, Feed, Id, Key, Kind, Timestamp, Write};
use haitang_protocol::frame::{self, FrameKind};
use haitang_protocol::pull::{Cursor, End, Head, Page, Pull};
use haitang_protocol::push::{Push, PushAnswer};
use haitang_protocol::{ChainHash, Envelope, Problem};

use crate::account::access::look;
use crate::hub::Hub;
use crate::keys::Keys;
use crate::storage::{DATABASE, Device, EnrolCode, SqliteStorage, Storage};

pub const NOW: i64 = 1_795_000_000_000;
pub const CITY: u8 = 1;
pub const COUNTY: u8 = 2;
pub const BRANCH: u8 = 3;
pub const OTHER_COUNTY: u8 = 4;
pub const OTHER_BRANCH: u8 = 5;
/// Secretary of the branch.
pub const ANNA: u8 = 10;
/// Member of the branch.
pub const BO: u8 = 11;
/// Member of a branch in another county.
pub const CHEN: u8 = 12;

pub fn id(n: u8) -> Id {
    let mut bytes = [0; 16];
    bytes[0] = 1;
    bytes[15] = n;
    Id::from_bytes(bytes)
}

/// Any number of new ids.
pub fn numbered(n: u16) -> Id {
    let mut bytes = [0; 16];
    bytes[0] = 2;
    bytes[14..].copy_from_slice(&n.to_be_bytes());
    Id::from_bytes(bytes)
}

pub fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

fn town() -> Vec<Write> {
    let org = |n: u8, parent: Option<u8>, kind| {
        Write::new(id(n), Org { parent: parent.map(id), kind, name: format!("org {n}"), ..Org::default() })
    };
    let member = |n: u8, org: u8| Write::new(id(n), Member { org: id(org), name: format!("member {n}"), ..Member::default() });
    vec![
        org(CITY, None, OrgKind::City),
        org(COUNTY, Some(CITY), OrgKind::County),
        org(BRANCH, Some(COUNTY), OrgKind::Branch),
        org(OTHER_COUNTY, Some(CITY), OrgKind::County),
        org(OTHER_BRANCH, Some(OTHER_COUNTY), OrgKind::Branch),
        member(ANNA, BRANCH),
        member(BO, BRANCH),
        member(CHEN, OTHER_BRANCH),
        Write::new(id(20), Appointment::new(id(ANNA), id(BRANCH), Role::Secretary)),
        Write::new(id(21), Appointment::new(id(ANNA), id(OTHER_BRANCH), Role::Auditor)),
    ]
}

pub struct Rig {
    pub hub: Arc<Hub>,
    pub keys: Arc<Keys>,
    pub storage: Arc<SqliteStorage>,
    pub folder: tempfile::TempDir,
}

impl Rig {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let rig = Self::over(folder);
        rig.hub.seed(town()).expect("seeds");
        rig
    }

    /// Over what a data folder holds.
    pub fn over(folder: tempfile::TempDir) -> Self {
        let storage = Arc::new(SqliteStorage::open(&folder.path().join(DATABASE)).expect("opens"));
        let keys = Arc::new(Keys::load(storage.as_ref()).expect("keys"));
        let hub = Arc::new(Hub::new(storage.clone(), keys.clone()).expect("a hub"));
        Self { hub, keys, storage, folder }
    }

    /// A phone of a member; `n` tells devices apart.
    pub fn phone(&self, member: u8, n: u8) -> Phone {
        let key = SigningKey::from_bytes(&[n; 32]);
        let code = EnrolCode { hash: [n; 32], member: id(member), by: None, made: at(0), expires: at(NOW) };
        self.storage.put_enrol_code(&code).expect("keeps");
        let public_key = key.verifying_key().to_bytes();
        let make =
            |member| Some(Device { id: id(200 + n), member, public_key, name: String::new(), enrolled: at(1), revoked: None });
        let device = self.storage.enrol(&[n; 32], at(1), &make).expect("answers").expect("enrols");
        Phone { device: device.id, member, key, next: 1, chains: BTreeMap::new(), token: None }
    }

    pub fn read<T: Typed>(&self, id: Id) -> Option<T> {
        let found = look(self.storage.as_ref(), |snapshot| snapshot.record(Key::new(T::KIND, id))).expect("reads");
        found.and_then(|stored| T::of(stored.body))
    }

    pub fn version(&self, shard: u8) -> u64 {
        let found = look(self.storage.as_ref(), |snapshot| snapshot.shard(id(shard))).expect("reads");
        found.expect("a shard").version
    }

    /// Pushes as a phone does that has pulled from this server.
    pub async fn push(&self, push: Push) -> Result<PushAnswer, Problem> {
        let push = Push { epoch: self.hub.epoch(), ..push };
        self.hub.push(push.device, push, at(NOW)).await
    }

    /// Pushes commands to the county, and gives a word for each: `ok`, or why it was refused.
    pub async fn do_all(&self, phone: &mut Phone, commands: &[Command]) -> Vec<String> {
        let push = phone.push(COUNTY, commands);
        words(&self.push(push).await.expect("is taken in"))
    }
}

pub fn words(answer: &PushAnswer) -> Vec<String> {
    let word = |refusal: Option<haitang_domain::Refusal>| refusal.map_or("ok".to_owned(), |refusal| refusal.code.to_string());
    answer.answers.iter().map(|answer| word(answer.refusal())).collect()
}

/// A device with its chain in each shard.
pub struct Phone {
    pub device: Id,
    pub member: u8,
    pub key: SigningKey,
    pub next: u64,
    chains: BTreeMap<u8, (u64, ChainHash)>,
    pub token: Option<TimeToken>,
}

impl Phone {
    /// The phone that [`Rig::phone`] made once, with its next number.
    pub fn known(member: u8, n: u8, next: u64) -> Self {
        Self { device: id(200 + n), member, key: SigningKey::from_bytes(&[n; 32]), next, chains: BTreeMap::new(), token: None }
    }

    pub fn chain(&self, shard: u8) -> (u64, ChainHash) {
        self.chains.get(&shard).copied().unwrap_or((0, ChainHash::start(self.device, id(shard))))
    }

    pub fn set_chain(&mut self, shard: u8, chain: (u64, ChainHash)) {
        self.chains.insert(shard, chain);
    }

    /// The next command of the chain, as it is kept in an outbox.
    pub fn make(&mut self, shard: u8, command: &Command) -> Vec<u8> {
        let (prev, link) = self.chain(shard);
        let times = Times { wall: at(7), mono_ms: 5_000, boot: id(99), token: self.token.clone() };
        let bytes = Envelope::new(self.next, prev, id(self.member), times, command).to_vec();
        self.chains.insert(shard, (self.next, link.next(&bytes)));
        self.next += 1;
        bytes
    }

    /// A push of envelopes that follow `prev`.
    pub fn wrap(&self, shard: u8, prev: ChainHash, commands: &[Vec<u8>]) -> Push {
        let last = commands.iter().fold(prev, |link, bytes| link.next(bytes));
        Push {
            device: self.device,
            shard: id(shard),
            mono_ms: 6_000,
            boot: id(99),
            prev_hash: prev.0,
            commands: commands.iter().cloned().map(Into::into).collect(),
            signature: last.sign(&self.key),
            epoch: Id::NIL,
        }
    }

    /// A push of new commands.
    pub fn push(&mut self, shard: u8, commands: &[Command]) -> Push {
        let (_, prev) = self.chain(shard);
        let made: Vec<_> = commands.iter().map(|command| self.make(shard, command)).collect();
        self.wrap(shard, prev, &made)
    }
}

pub fn add_member(n: u16) -> Command {
    let action = directory::Action::AddMember { org: id(BRANCH), name: format!("new {n}"), phone: None, joined: None };
    Command { target: Key::new(Kind::Member, numbered(n)), action: Action::Directory(action) }
}

pub fn rename(member: Id, name: &str) -> Command {
    let action = directory::Action::EditMember { name: name.into(), phone: None };
    Command { target: Key::new(Kind::Member, member), action: Action::Directory(action) }
}

fn log(n: u16, action: activity::Action) -> Command {
    Command { target: Key::new(Kind::Log, numbered(n)), action: Action::Activity(action) }
}

pub fn submit_log(n: u16) -> Command {
    let content = LogContent {
        activity: None,
        template: None,
        kind: ActivityKind::Lecture,
        title: "党课".into(),
        held: at(NOW - 60_000),
        attendance: [].into(),
        fields: [].into(),
        files: vec![],
        late_reason: String::new(),
    };
    log(n, activity::Action::SubmitLog { org: id(BRANCH), content })
}

pub fn approve_log(n: u16) -> Command {
    log(n, activity::Action::ApproveLog)
}

/// What a phone has received.
#[derive(Default, Clone, Debug, PartialEq)]
pub struct Received {
    pub epoch: Option<Id>,
    pub cursors: BTreeMap<(Id, Feed), u64>,
    /// Bodies by feed and record.
    pub held: BTreeMap<(Feed, u8, Id), Vec<u8>>,
    /// Changes and removals of the last pull.
    pub changes: usize,
    pub removals: usize,
    pub pages: usize,
    pub heads: BTreeMap<Id, u64>,
    pub more: bool,
}

impl Received {
    /// Pulls, and takes in at most so many frames before the connection breaks.
    pub fn pull_some(&mut self, rig: &Rig, device: Id, member: u8, frames: usize) {
        self.pull_frames(rig, device, id(member), frames);
    }

    /// Pulls for any member.
    pub fn pull_member(&mut self, rig: &Rig, device: Id, member: Id) {
        self.pull_frames(rig, device, member, usize::MAX);
    }

    fn pull_frames(&mut self, rig: &Rig, device: Id, member: Id, frames: usize) {
        let cursors =
            self.cursors.iter().map(|((shard, feed), version)| Cursor { shard: *shard, feed: *feed, version: *version });
        let pull = Pull { epoch: self.epoch, cursors: cursors.collect() };
        (self.changes, self.removals, self.pages) = (0, 0, 0);
        let mut head: Option<Head> = None;
        let mut seen = 0;
        let pulled = rig.hub.pull(device, member, pull, at(NOW), |bytes| {
            if seen == frames {
                return false;
            }
            seen += 1;
            self.take(&bytes, &mut head);
            true
        });
        pulled.expect("pulls");
    }

    pub fn pull(&mut self, rig: &Rig, device: Id, member: u8) {
        self.pull_some(rig, device, member, usize::MAX);
    }

    fn take(&mut self, bytes: &[u8], head: &mut Option<Head>) {
        let frame = frame::only(bytes).expect("a frame");
        match frame.kind {
            FrameKind::Head => {
                let new: Head = frame.read(FrameKind::Head).expect("a head");
                if self.epoch.is_some_and(|epoch| epoch != new.epoch) {
                    *self = Self::default();
                }
                self.epoch = Some(new.epoch);
                let now: Vec<_> = new.feeds.iter().map(|feed| (feed.shard, feed.feed)).collect();
                self.cursors.retain(|key, _| now.contains(key));
                self.held.retain(|(feed, ..), _| now.iter().any(|(_, known)| known == feed));
                *head = Some(new);
            }
            FrameKind::Page => {
                let page: Page<'_> = frame.read(FrameKind::Page).expect("a page");
                let of = head.as_ref().expect("a head before").feeds[page.feed as usize];
                let cursor = self.cursors.entry((of.shard, of.feed)).or_default();
                let mut last = *cursor;
                for change in page.changes().expect("fits") {
                    assert!(change.version > last, "versions rise");
                    last = change.version;
                    let key = (of.feed, change.kind, change.id);
                    self.changes += 1;
                    match change.body {
                        Some(body) => drop(self.held.insert(key, body.to_vec())),
                        None => {
                            self.removals += 1;
                            self.held.remove(&key);
                        }
                    }
                }
                assert!(page.cursor >= last && page.cursor > *cursor, "a cursor moves on");
                *cursor = page.cursor;
                self.pages += 1;
            }
            FrameKind::End => {
                let end: End = frame.read(FrameKind::End).expect("an end");
                self.heads = end.heads.iter().map(|head| (head.shard, head.version)).collect();
                self.more = end.more;
            }
            other => panic!("{other:?} in an answer to a pull"),
        }
    }

    pub fn has(&self, feed: Feed, kind: Kind, id: Id) -> bool {
        self.held.contains_key(&(feed, kind as u8, id))
    }
}
