//! Where everything that is drawn takes place: a few ids, and a small world in which they mean something.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use ed25519_dalek::SigningKey;
use haitang_domain::activity::CheckIn;
use haitang_domain::activity::code::{Certificate, HostCode};
use haitang_domain::directory::{Appointment, Basis, Consent, ConsentPurpose, Look, Member, Org, OrgKind, Role, Switch};
use haitang_domain::notice::Receipt;
use haitang_domain::quiz::{AnswerKey, Attempt};
use haitang_domain::study::{Learning, Review};
use haitang_domain::task::Grid;
use haitang_domain::{Body, Id, Key, Kind, Timestamp, World, Write, activity, directory, notice, quiz, study, task};

use serde_json::json;

use crate::drawn::Bytes;

/// When it takes place.
pub const NOW: i64 = 1_795_000_000_000;
/// How many ids there are; each names an org, a member, a grid and whatever is drawn.
pub const IDS: u8 = 6;

/// An id of the pool; the one of nothing for 0.
pub fn id(n: u8) -> Id {
    if n == 0 {
        return Id::NIL;
    }
    let mut bytes = [0; 16];
    (bytes[0], bytes[15]) = (1, 1 + (n - 1) % IDS);
    Id::from_bytes(bytes)
}

/// The key with which the server here vouches for devices.
pub fn authority() -> SigningKey {
    SigningKey::from_bytes(&[3; 32])
}

/// What a host's phone shows: genuine.
pub fn host_code(activity: Id, now: Timestamp) -> String {
    let device = SigningKey::from_bytes(&[5; 32]);
    let certificate = Certificate::issue(&authority(), id(1), id(1), device.verifying_key().to_bytes());
    HostCode::make(&device, certificate, activity, now).to_text()
}

/// The people, orgs and grids, as they are loaded into a server.
pub fn records() -> Vec<Write> {
    let kinds = [OrgKind::City, OrgKind::County, OrgKind::Community, OrgKind::Branch, OrgKind::Branch, OrgKind::Group];
    let parents = [None, Some(1), Some(2), Some(3), Some(3), Some(4)];
    let mut records = vec![];
    for ((n, kind), parent) in (1u8..).zip(kinds).zip(parents) {
        let basis = Basis { document: "决议".into(), by: id(1), since: Timestamp::from_millis(0) };
        let switches = [(Switch::CheckIn, basis)].into();
        records
            .push(Write::new(id(n), Org { parent: parent.map(id), kind, name: format!("org {n}"), switches, ..Org::default() }));
    }
    for n in 1..=IDS {
        records.push(Write::new(id(n), Member { org: id(n), name: format!("member {n}"), ..Member::default() }));
        // The county's own and what is below it: everything but the city's.
        let org = id(n.max(2));
        records.push(Write::new(id(n), Grid { org, name: format!("grid {n}"), closed: None }));
        let role = Role::ALL[usize::from(n) % Role::ALL.len()];
        let grid = (role == Role::GridWorker).then(|| id(n));
        records.push(Write::new(id(n), Appointment { grid, ..Appointment::new(id(n), org, role) }));
    }
    records.extend(work());
    records
}

/// What work there is, in the branch 4 and its grid: enough that most commands have something to be about.
fn work() -> Vec<Write> {
    let (org, grid, one, two) = (id(4), id(4), id(1), id(2));
    let (now, soon, day) = (NOW, NOW + 3_600_000, NOW + 86_400_000);
    let question = json!({"text": "119?", "points": 2, "kind": "true_false"});
    let paper = |mode: &str| {
        json!({"org": org, "title": "t", "questions": [question], "opens": now - 9, "attempts_max": 2, "pass_percent": 60,
            "mode": mode, "author": one, "state": "open"})
    };
    let key = |paper: Id, released: bool| json!({"paper": paper, "org": org, "answers": [{"answer": {"truth": true}}], "released": released});
    let task = |state: &str, to: Option<Id>| {
        json!({"org": org, "grid": grid, "kind": "visit", "title": "t", "place": "", "household": one, "assignee": one, "from": now,
            "due": day, "author": two, "from_org": false, "state": state, "offered_to": to})
    };
    let shift = |state: &str, to: Option<Id>| {
        json!({"org": org, "grid": grid, "place": "p", "worker": one, "starts": now, "ends": soon, "duties": "", "author": two,
            "from_org": false, "state": state, "handover_to": to})
    };
    let log = |state: &str| {
        json!({"org": org, "author": one, "content": {"kind": "lecture", "title": "t", "held": now}, "state": state,
            "waits_for": (state == "submitted").then_some(org)})
    };
    let records = [
        (Kind::Template, one, json!({"org": id(2), "name": "t", "kind": "lecture", "fields": []})),
        (
            Kind::Activity,
            one,
            json!({"org": org, "kind": "lecture", "title": "t", "place": "", "starts": now, "ends": soon,
            "zone": 480, "host": one, "author": one, "state": "planned", "check_in_open": true}),
        ),
        (Kind::Log, one, log("draft")),
        (Kind::Log, two, log("submitted")),
        (
            Kind::Notice,
            one,
            json!({"org": id(2), "title": "t", "text": "x", "effective": now, "published": now, "author": two,
            "state": "published", "wants_receipt": true}),
        ),
        (
            Kind::Study,
            one,
            json!({"org": id(2), "title": "t", "summary": "", "sections": [{"title": "a", "text": "b"}],
            "items": [{"prompt": "p", "answer": "a"}], "minutes": 1, "from": now - 9, "author": two, "state": "published"}),
        ),
        (Kind::Paper, one, paper("practice")),
        (Kind::AnswerKey, AnswerKey::id(one), key(one, true)),
        (Kind::Paper, two, paper("contest")),
        (Kind::AnswerKey, AnswerKey::id(two), key(two, false)),
        (Kind::Household, one, json!({"org": org, "grid": grid, "address": "a", "people": 1})),
        (Kind::Task, one, task("open", None)),
        (Kind::Task, two, task("accepted", None)),
        (Kind::Task, id(3), task("handed_over", Some(two))),
        (Kind::Shift, one, shift("planned", None)),
        (Kind::Shift, two, shift("on", None)),
        (Kind::Shift, id(3), shift("offered", Some(two))),
        (
            Kind::Routine,
            one,
            json!({"org": org, "grid": grid, "kind": "errand", "title": "t", "place": "", "every": {"days": 1},
            "working_days_only": false, "first": "2026-11-24", "opens": "09:00:00", "closes": "11:00:00", "author": two,
            "from_org": false, "planned": 0, "state": "running"}),
        ),
    ];
    let read = |(kind, id, mut json): (Kind, Id, serde_json::Value)| {
        json.as_object_mut().expect("an object").retain(|_, value| !value.is_null());
        let body = Body::parse(kind, json.to_string().as_bytes()).unwrap_or_else(|error| panic!("{}: {error}", kind.name()));
        Write { key: Key::new(kind, id), body }
    };
    records.into_iter().map(read).collect()
}

/// Records held in memory.
#[derive(Clone)]
pub struct Memory(pub BTreeMap<Key, Body>);

impl World for Memory {
    fn get(&self, key: Key) -> Option<Body> {
        self.0.get(&key).cloned()
    }
}

impl Default for Memory {
    fn default() -> Self {
        Self(records().into_iter().map(|write| (write.key, write.body)).collect())
    }
}

/// A key of a kind: of the pool, or new, or where there can be only one such record of a thing and a member, of a thing of the pool
/// and mostly of `who`.
pub fn key(kind: Kind, who: Id, bytes: &mut Bytes<'_>) -> Key {
    let (one, two, choice) = (bytes.id(), bytes.byte(), bytes.byte());
    let two = if two % 4 == 0 { id(two) } else { who };
    let number = choice % 4;
    let id = match kind {
        _ if choice >= 224 => one,
        _ if choice >= 160 => Id::from_bytes([choice; 16]),
        Kind::CheckIn => CheckIn::id(one, two),
        Kind::Look => Look::id(one, two, NaiveDate::default()),
        Kind::Consent => Consent::id(two, ConsentPurpose::ALL[usize::from(choice) % ConsentPurpose::ALL.len()]),
        Kind::Receipt => Receipt::id(one, two),
        Kind::AnswerKey => AnswerKey::id(one),
        Kind::Attempt => Attempt::id(one, two, number),
        Kind::Learning => Learning::id(one, two),
        Kind::Review => Review::id(one, two, number.into()),
        Kind::Task if choice >= 96 => task::Routine::task_id(one, number.into()),
        _ => one,
    };
    Key::new(kind, id)
}

/// A body of a kind with anything in it.
pub fn body(kind: Kind, bytes: &mut Bytes<'_>) -> Option<Body> {
    Some(match kind {
        Kind::Org => Body::Org(bytes.draw()?),
        Kind::Member => Body::Member(bytes.draw::<directory::Member>()?),
        Kind::Appointment => Body::Appointment(bytes.draw()?),
        Kind::Transfer => Body::Transfer(bytes.draw::<directory::Transfer>()?),
        Kind::Look => Body::Look(bytes.draw()?),
        Kind::Consent => Body::Consent(bytes.draw()?),
        Kind::Template => Body::Template(bytes.draw::<activity::Template>()?),
        Kind::Activity => Body::Activity(bytes.draw::<activity::Activity>()?),
        Kind::CheckIn => Body::CheckIn(bytes.draw()?),
        Kind::Log => Body::Log(bytes.draw::<activity::Log>()?),
        Kind::Notice => Body::Notice(bytes.draw::<notice::Notice>()?),
        Kind::Receipt => Body::Receipt(bytes.draw()?),
        Kind::Study => Body::Study(bytes.draw::<study::Study>()?),
        Kind::Learning => Body::Learning(bytes.draw()?),
        Kind::Review => Body::Review(bytes.draw()?),
        Kind::Paper => Body::Paper(bytes.draw::<quiz::Paper>()?),
        Kind::AnswerKey => Body::AnswerKey(bytes.draw()?),
        Kind::Attempt => Body::Attempt(bytes.draw()?),
        Kind::Grid => Body::Grid(bytes.draw()?),
        Kind::Household => Body::Household(bytes.draw::<task::Household>()?),
        Kind::Task => Body::Task(bytes.draw::<task::Task>()?),
        Kind::Routine => Body::Routine(bytes.draw::<task::Routine>()?),
        Kind::Shift => Body::Shift(bytes.draw::<task::Shift>()?),
        Kind::Report => Body::Report(bytes.draw::<task::Report>()?),
    })
}
