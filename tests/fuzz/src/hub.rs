//! The place where phones' commands come in, with a real database behind it: devices that are honest, broken or dishonest.
//!
//! Each input begins with the same small town, so that what it leads to depends on nothing else.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use ed25519_dalek::SigningKey;
use haitang_domain::directory::Member;
use haitang_domain::evidence::{Interval, TimeToken, Times};
use haitang_domain::{Action, Code, Command, Context, Id, Key, Kind, Timestamp, decide};
use haitang_protocol::frame::{self, FrameKind};
use haitang_protocol::pull::{Page, Pull};
use haitang_protocol::push::{Push, PushAnswer};
use haitang_protocol::{ChainHash, Envelope, Problem};
use haitang_server::admin::verify::verify_log;
use haitang_server::hub::Hub;
use haitang_server::keys::Keys;
use haitang_server::storage::{DATABASE, Device, EnrolCode, SqliteStorage, Storage};
use tokio::runtime::Runtime;

use crate::drawn::Bytes;
use crate::town::{self, Memory};

/// The shard of everything but the city.
const SHARD: u8 = 2;

struct Rig {
    hub: Hub,
    storage: Arc<dyn Storage>,
    runtime: Runtime,
    _folder: tempfile::TempDir,
}

/// In memory where the system has a place for it: nothing here is about disks.
fn folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.expect("a folder")
}

/// The town's database, made once.
fn template() -> &'static PathBuf {
    static TEMPLATE: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let made = || {
        let folder = folder();
        let storage: Arc<dyn Storage> = Arc::new(SqliteStorage::open(&folder.path().join(DATABASE)).expect("opens"));
        let keys = Arc::new(Keys::load(storage.as_ref()).expect("keys"));
        Hub::new(Arc::clone(&storage), keys).expect("a hub").seed(town::records()).expect("seeds");
        for n in 1..=town::IDS {
            let code = EnrolCode { hash: [n; 32], member: town::id(n), by: None, made: at(0), expires: at(town::NOW) };
            storage.put_enrol_code(&code).expect("keeps");
            let public_key = key(n).verifying_key().to_bytes();
            let make =
                |member| Some(Device { id: device(n), member, public_key, name: String::new(), enrolled: at(1), revoked: None });
            storage.enrol(&[n; 32], at(1), &make).expect("answers").expect("enrols");
        }
        let copy = folder.path().join("copy.db");
        storage.copy_to(&copy).expect("copies");
        (folder, copy)
    };
    &TEMPLATE.get_or_init(made).1
}

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

fn key(n: u8) -> SigningKey {
    SigningKey::from_bytes(&[n + 100; 32])
}

fn device(n: u8) -> Id {
    Id::from_bytes([n + 200; 16])
}

impl Rig {
    fn new() -> Self {
        let folder = folder();
        let path = folder.path().join(DATABASE);
        std::fs::copy(template(), &path).expect("copies");
        let storage: Arc<dyn Storage> = Arc::new(SqliteStorage::open(&path).expect("opens"));
        let keys = Arc::new(Keys::load(storage.as_ref()).expect("keys"));
        let hub = Hub::new(Arc::clone(&storage), keys).expect("a hub");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        Self { hub, storage, runtime, _folder: folder }
    }

    fn push(&self, push: Push) -> Result<PushAnswer, Problem> {
        // Another epoch is declined before anything is looked at.
        let push = Push { epoch: self.hub.epoch(), ..push };
        self.runtime.block_on(self.hub.push(push.device, push, at(town::NOW)))
    }
}

/// What a device remembers.
struct Phone {
    n: u8,
    seq: u64,
    link: ChainHash,
    token: Option<TimeToken>,
    last: Option<(Push, PushAnswer)>,
}

/// The kind of record that an action is addressed to: the one of which the rules say nothing worse than that it is missing.
fn kind_of(action: &Action) -> Kind {
    let world = Memory::default();
    let member = Member::default();
    let made = Interval::at(at(town::NOW));
    let context = Context { actor: town::id(1), member: &member, appointments: &[], device: device(1), made, authority: None };
    let ask = |kind: &Kind| {
        let command = Command { target: Key::new(*kind, Id::from_bytes([77; 16])), action: action.clone() };
        match decide(&command, None, &world, &context) {
            Err(refusal) if refusal.code == Code::WrongKind => None,
            Err(refusal) if refusal.code == Code::Missing => {
                refusal.values.get("kind").and_then(|name| Kind::from_name(name)).or(Some(*kind))
            }
            _ => Some(*kind),
        }
    };
    Kind::ALL.iter().find_map(ask).unwrap_or(Kind::Org)
}

impl Phone {
    /// A batch: mostly honest, at times with something wrong about it.
    fn batch(&mut self, bytes: &mut Bytes<'_>) -> Push {
        let before = (self.seq, self.link);
        let mut commands: Vec<Vec<u8>> = vec![];
        for _ in 0..=bytes.below(3) {
            let Some(action) = bytes.draw::<Action>() else { continue };
            let target = town::key(kind_of(&action), town::id(self.n), bytes);
            let (wrong, mono_ms, boot) = (bytes.byte(), u64::from(bytes.byte()) * 40, bytes.id());
            let token = if wrong % 4 == 0 { bytes.draw::<TimeToken>() } else { self.token.clone() };
            let times = Times { wall: bytes.moment(), mono_ms, boot, token };
            let actor = if wrong == 255 { bytes.id() } else { town::id(self.n) };
            let step = if wrong == 254 { u64::from(bytes.byte()) } else { 1 };
            let prev = if wrong == 253 { u64::from(bytes.byte()) } else { self.seq };
            let mut made = Envelope::new(self.seq.wrapping_add(step), prev, actor, times, &Command { target, action }).to_vec();
            if wrong == 252 {
                let place = bytes.below(made.len());
                made[place] ^= bytes.byte();
            }
            self.seq = self.seq.wrapping_add(step);
            self.link = self.link.next(&made);
            commands.push(made);
        }
        let mut signature = self.link.sign(&key(self.n));
        let (wrong, mono_ms, boot) = (bytes.byte(), u64::from(bytes.byte()) * 50, bytes.id());
        if wrong == 255 {
            signature[usize::from(bytes.byte()) % 64] ^= 1;
        }
        let shard = town::id(if wrong == 254 { bytes.byte() } else { SHARD });
        let device = device(if wrong == 253 { 1 + bytes.byte() % town::IDS } else { self.n });
        let prev_hash = if wrong == 252 { [7; 32] } else { before.1.0 };
        let push = Push {
            device,
            shard,
            mono_ms,
            boot,
            prev_hash,
            commands: commands.into_iter().map(Into::into).collect(),
            signature,
            epoch: Id::NIL,
        };
        if wrong == 251 {
            // A batch that never arrives: the next one has a gap before it.
            return Push { commands: vec![], signature: before.1.sign(&key(self.n)), ..push };
        }
        push
    }
}

/// A device's pushes, one after another.
pub fn push_anything(bytes: &[u8]) {
    let bytes = &mut Bytes::new(bytes);
    let rig = Rig::new();
    let n = 1 + bytes.byte() % town::IDS;
    let mut phone = Phone { n, seq: 0, link: ChainHash::start(device(n), town::id(SHARD)), token: None, last: None };
    for _ in 0..6 {
        if bytes.is_empty() {
            break;
        }
        let good = (phone.seq, phone.link);
        let push = phone.batch(bytes);
        match rig.push(push.clone()) {
            Ok(answer) => {
                check(&phone, &push, &answer);
                phone.token = Some(answer.time.received(push.boot, push.mono_ms)).map(|token| TimeToken {
                    issued: token.issued,
                    boot: token.boot,
                    mono_ms: token.mono_ms,
                    mac: token.mac,
                });
                phone.last = Some((push, answer));
            }
            // An honest device goes back to where the server stands.
            Err(_) => (phone.seq, phone.link) = good,
        }
        if let Some((push, answer)) = phone.last.clone().filter(|_| bytes.byte() > 200) {
            let again = rig.push(push).expect("what was taken in once is answered again");
            assert_eq!(again.answers, answer.answers, "the same answers");
        }
    }
    pull(&rig, n);
    for report in verify_log(rig.storage.as_ref()).expect("reads") {
        assert_eq!(report.fault, None, "{report:?}");
    }
}

fn check(phone: &Phone, push: &Push, answer: &PushAnswer) {
    assert_eq!(answer.answers.len(), push.commands.len());
    for (command, answer) in push.commands.iter().zip(&answer.answers) {
        assert_eq!(Envelope::peek(command).map(|(seq, _)| seq), Some(answer.seq), "in their order");
        let whole =
            Envelope::parse(command).is_ok_and(|envelope| envelope.command().is_ok() && envelope.actor == town::id(phone.n));
        // The server calls a command unreadable also where the rules panicked over it: over one that can be read they may not.
        let unreadable = answer.refusal().is_some_and(|refusal| refusal.code == Code::Unreadable);
        assert!(!(whole && unreadable), "the rules panicked over {:?}", Envelope::parse(command));
    }
}

fn pull(rig: &Rig, n: u8) {
    let question = Pull { epoch: None, cursors: vec![] };
    let read = |bytes: Vec<u8>| {
        let frame = frame::only(&bytes).expect("a frame");
        if let Ok(page) = frame.read::<Page<'_>>(FrameKind::Page) {
            for change in page.changes().expect("fits") {
                let kind = Kind::from_number(change.kind).expect("a kind");
                haitang_domain::Body::parse(kind, change.body.expect("a first sync removes nothing")).expect("reads");
            }
        }
        true
    };
    rig.hub.pull(device(n), town::id(n), question, at(town::NOW), read).expect("pulls");
}

/// Long draws, as for the rules.
pub fn seeds() -> Vec<Vec<u8>> {
    (100..116u32).map(|n| crate::mutate::random(u64::from(n), 20 * n as usize)).collect()
}
