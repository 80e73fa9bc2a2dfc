//! What a pull brings is what the rules allow, no more and no less: for random trees, people, roles, grids and records, and
//! after whatever changes.
//!
//! What is allowed is worked out here a second time, record by record, from the sentences of the design and not from the code
//! that serves pulls.

use std::collections::{BTreeMap, BTreeSet};

use haitang_domain::feed::Scope;
use haitang_domain::record::Typed;
use haitang_domain::time::DAY_MS;
use haitang_domain::{Body, access};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::rig::*;
use crate::storage::{Snapshot, Storage as _};
use haitang_domain::directory::{Appointment, Member, Org, OrgKind, Role, TransferState};
use haitang_domain::{Action, Command, Feed, Id, Key, Kind, Timestamp, Write, directory};

const DEVICE: u8 = 250;
const ORGS: u16 = 9;
const MEMBERS: u16 = 6;
const GRIDS: u16 = 3;
const APPOINTMENTS: u16 = 10;

fn org(n: u16) -> Id {
    numbered(1 + n % ORGS)
}

fn person(n: u16) -> Id {
    numbered(100 + n % MEMBERS)
}

fn grid(n: u16) -> Id {
    numbered(200 + n % GRIDS)
}

fn now() -> i64 {
    NOW
}

/// Draws that a strategy made, used up one after another.
struct Draws<'a>(std::slice::Iter<'a, u16>);

impl Draws<'_> {
    fn next(&mut self) -> u16 {
        self.0.next().copied().unwrap_or(7)
    }

    fn odds(&mut self, one_in: u16) -> bool {
        self.next().is_multiple_of(one_in)
    }

    fn one_of<'v>(&mut self, values: &[&'v str]) -> &'v str {
        values[usize::from(self.next()) % values.len()]
    }
}

/// An org with all above it of a lower number, so that there are no circles. The first is the city, then two counties.
fn an_org(n: u16, draws: &mut Draws<'_>) -> Org {
    let parent = match n {
        0 => None,
        1 | 2 => Some(org(0)),
        _ => Some(org(1 + draws.next() % (n - 1))),
    };
    let kind = [OrgKind::City, OrgKind::County, OrgKind::County].get(usize::from(n)).copied().unwrap_or(OrgKind::Branch);
    Org { parent, kind, name: format!("org {n}"), ..Org::default() }
}

fn a_member(draws: &mut Draws<'_>) -> Member {
    let closed = draws.odds(8).then(|| at(5));
    Member { org: org(draws.next()), name: "somebody".into(), closed, ..Member::default() }
}

fn an_appointment(draws: &mut Draws<'_>) -> Appointment {
    let role = Role::ALL[usize::from(draws.next()) % Role::ALL.len()];
    let mut held = Appointment::new(person(draws.next()), org(draws.next()), role);
    held.grid = (role == Role::GridWorker).then(|| grid(draws.next()));
    match draws.next() % 6 {
        0 => held.until = Some(at(now() - DAY_MS)),
        1 => held.ended = Some(at(now() - DAY_MS)),
        2 => held.from = at(now() + DAY_MS),
        3 => (held.until, held.ended) = (Some(at(now() + DAY_MS)), None),
        _ => {}
    }
    held
}

/// A record of any of the kinds that make up the work, with people, orgs and grids drawn at random.
fn a_record(kind: Kind, draws: &mut Draws<'_>) -> Body {
    let (org, other, member, by, area) =
        (org(draws.next()), org(draws.next()), person(draws.next()), person(draws.next()), grid(draws.next()));
    let (yes, maybe) = (draws.odds(2), draws.odds(3).then_some(by));
    let moment = json!({"earliest": 1, "latest": 2});
    let json = match kind {
        Kind::Transfer => json!({"member": member, "from": org, "to": other, "reason": "r", "requested": 1,
            "state": draws.one_of(&["requested", "accepted", "declined", "withdrawn"])}),
        Kind::Look => json!({"subject": member, "org": org, "viewer": by, "viewer_name": "n", "viewer_org": other, "at": 1,
            "purposes": ["p"]}),
        Kind::Consent => json!({"member": member, "org": org, "purpose": "voice", "terms": [{"given": 1}]}),
        Kind::Template => json!({"org": org, "name": "t", "kind": "lecture", "fields": []}),
        Kind::Activity => json!({"org": org, "kind": "lecture", "title": "t", "place": "", "starts": 1, "ends": 2, "zone": 480,
            "host": member, "author": by, "state": "planned"}),
        Kind::CheckIn => {
            json!({"activity": numbered(1), "org": org, "member": member, "by": by, "made": moment, "means": "host"})
        }
        Kind::Log => json!({"org": org, "author": member, "content": {"kind": "lecture", "title": "t", "held": 1},
            "state": draws.one_of(&["draft", "submitted", "approved", "returned"]), "waits_for": yes.then_some(other)}),
        Kind::Notice => json!({"org": org, "title": "t", "effective": 1, "published": 1, "author": by, "state": "published"}),
        Kind::Receipt => json!({"notice": numbered(1), "member": member, "org": org, "read": 1}),
        Kind::Study => json!({"org": org, "title": "t", "summary": "", "sections": [], "items": [], "minutes": 1, "from": 1,
            "author": by, "state": "published"}),
        Kind::Learning => json!({"study": numbered(1), "member": member, "org": org, "read": [], "started": 1}),
        Kind::Review => {
            json!({"study": numbered(1), "item": 0, "member": member, "org": org, "stability": 1.0, "difficulty": 1.0,
            "last": 1, "due": 2, "reps": 1})
        }
        Kind::Paper => json!({"org": org, "title": "t", "questions": [], "opens": 1, "attempts_max": 0, "pass_percent": 60,
            "mode": "contest", "author": by, "state": "open"}),
        // Of a paper that has the id of an org: the key must not be taken for something that waits in its inbox.
        Kind::AnswerKey => json!({"paper": other, "org": org, "answers": [], "released": yes}),
        Kind::Attempt => json!({"paper": numbered(1), "member": member, "org": org, "number": 1, "answers": [], "started": 1,
            "finished": maybe.map(|_| 2), "sealed": yes}),
        Kind::Household => json!({"org": org, "grid": area, "address": "a", "people": 1}),
        Kind::Task => json!({"org": org, "grid": area, "kind": "errand", "title": "t", "place": "", "assignee": maybe,
            "from": 1, "due": 2, "author": by, "from_org": yes, "state": "open", "offered_to": yes.then_some(member)}),
        Kind::Routine => json!({"org": org, "grid": area, "kind": "errand", "title": "t", "place": "", "every": {"days": 1},
            "working_days_only": false, "first": "2026-11-24", "opens": "09:00:00", "closes": "11:00:00", "author": by,
            "from_org": yes, "planned": 0, "state": "running", "assignee": maybe}),
        Kind::Shift => json!({"org": org, "grid": area, "place": "p", "worker": member, "starts": 1, "ends": 2, "duties": "",
            "author": by, "from_org": yes, "state": "planned", "handover_to": maybe}),
        Kind::Report => json!({"org": org, "grid": area, "task": numbered(1), "author": member, "made": moment, "helper": yes}),
        Kind::Org | Kind::Member | Kind::Appointment | Kind::Grid => unreachable!("made by other means"),
    };
    read(kind, json)
}

fn read(kind: Kind, mut json: Value) -> Body {
    if let Some(fields) = json.as_object_mut() {
        fields.retain(|_, value| !value.is_null());
    }
    Body::parse(kind, json.to_string().as_bytes()).unwrap_or_else(|error| panic!("{}: {error}: {json}", kind.name()))
}

const WORK: [Kind; 20] = [
    Kind::Transfer,
    Kind::Look,
    Kind::Consent,
    Kind::Template,
    Kind::Activity,
    Kind::CheckIn,
    Kind::Log,
    Kind::Notice,
    Kind::Receipt,
    Kind::Study,
    Kind::Learning,
    Kind::Review,
    Kind::Paper,
    Kind::AnswerKey,
    Kind::Attempt,
    Kind::Household,
    Kind::Task,
    Kind::Routine,
    Kind::Shift,
    Kind::Report,
];

/// A rig with a city drawn at random.
fn city(draws: &mut Draws<'_>) -> Rig {
    let folder = tempfile::tempdir().expect("a folder");
    let rig = Rig::over(folder);
    let mut records: Vec<Write> = (0..ORGS).map(|n| Write::new(org(n), an_org(n, draws))).collect();
    records.extend((0..MEMBERS).map(|n| Write::new(person(n), a_member(draws))));
    for n in 0..GRIDS {
        let body = json!({"org": org(draws.next()), "name": "g"});
        records.push(Write { key: Key::new(Kind::Grid, grid(n)), body: read(Kind::Grid, body) });
    }
    records.extend((0..APPOINTMENTS).map(|n| Write::new(numbered(300 + n), an_appointment(draws))));
    for (n, kind) in (0u16..).zip(WORK.into_iter().chain(WORK)) {
        records.push(Write { key: Key::new(kind, numbered(400 + n)), body: a_record(kind, draws) });
    }
    rig.hub.seed(records).expect("seeds");
    rig
}

type Records = BTreeMap<Key, (Id, Body)>;

/// Every record there is, with its shard, from the table of records alone: nothing here reads what is kept per feed.
fn records(rig: &Rig) -> Records {
    let mut all = Records::new();
    rig.storage
        .read(&mut |snapshot: &dyn Snapshot| {
            for (shard, _) in snapshot.shards()? {
                let mut keys = vec![];
                snapshot.versions(shard, &mut |key, _| {
                    keys.push(key);
                    true
                })?;
                for key in keys {
                    let stored = snapshot.record(key)?.expect("is there");
                    all.insert(key, (stored.shard, stored.body));
                }
            }
            Ok(())
        })
        .expect("reads");
    all
}

/// Whether `who` may read `feed`: section 5 of the design, sentence by sentence.
fn may_read(all: &Records, who: Id, feed: Feed) -> bool {
    let find = |kind, id| all.get(&Key::new(kind, id)).map(|(_, body)| body.clone());
    let member = find(Kind::Member, who).and_then(Member::of).expect("a member");
    if feed.scope == Scope::Member {
        return feed.id == who;
    }
    if member.closed.is_some() {
        return false;
    }
    let now = at(now());
    let mine = |held: &Appointment| {
        let over = |end: Option<Timestamp>| end.is_some_and(|end| end <= now);
        held.member == who && held.from <= now && !over(held.until) && !over(held.ended)
    };
    let held: Vec<_> = all.values().filter_map(|(_, body)| Appointment::of_ref(body)).filter(|held| mine(held)).collect();
    let below = |mut org: Id| {
        loop {
            let Some(record) = find(Kind::Org, org).and_then(Org::of) else { return false };
            if org == feed.id {
                return true;
            }
            let Some(parent) = record.parent else { return false };
            org = parent;
        }
    };
    match feed.scope {
        Scope::Member => false,
        Scope::Org => member.org == feed.id || held.iter().any(|held| held.org == feed.id),
        Scope::Down => below(member.org) || held.iter().any(|held| below(held.org)),
        Scope::Grid => held.iter().any(|held| held.grid == Some(feed.id)),
        Scope::Inbox => {
            held.iter().any(|held| held.org == feed.id && matches!(held.role, Role::Secretary | Role::Approver | Role::Admin))
        }
    }
}

/// Every record in every feed that `who` may read, byte for byte.
fn allowed(all: &Records, who: Id) -> BTreeMap<(Feed, u8, Id), Vec<u8>> {
    let mut allowed = BTreeMap::new();
    for (key, (_, body)) in all {
        for feed in body.feeds(key.id).into_iter().filter(|feed| may_read(all, who, *feed)) {
            allowed.insert((feed, key.kind as u8, key.id), body.to_json());
        }
    }
    allowed
}

/// Pulls for `who` and holds what is there afterwards against what is allowed.
fn check(rig: &Rig, who: Id, received: &mut Received) {
    received.pull_member(rig, id(DEVICE), who);
    while received.more {
        received.pull_member(rig, id(DEVICE), who);
    }
    let all = records(rig);
    let allowed = allowed(&all, who);
    let too_much: Vec<_> = received.held.keys().filter(|key| !allowed.contains_key(*key)).collect();
    assert!(too_much.is_empty(), "{who} is told too much: {too_much:?}");
    assert_eq!(received.held, allowed, "{who}");
    // No key of a contest that is not over, wherever its record might be thought to lie.
    for (_, kind, id) in received.held.keys().filter(|(_, kind, _)| *kind == Kind::AnswerKey as u8) {
        let key = Key::new(Kind::from_number(*kind).expect("a kind"), *id);
        assert!(matches!(&all[&key].1, Body::AnswerKey(key) if key.released), "a key that is not released");
    }
    // And the rules' own word, which the phone goes by, is the same.
    let world = World(&all);
    let member: Member = world.read(who);
    let held: Vec<_> =
        all.values().filter_map(|(_, body)| Appointment::of_ref(body)).filter(|held| held.member == who).cloned().collect();
    let held: Vec<_> = held.into_iter().filter(|held| held.in_force(at(now()))).collect();
    let by_rule = access::feeds(who, &member, &held, &world);
    let spoken: BTreeSet<_> = received.cursors.keys().map(|(_, feed)| *feed).collect();
    assert!(spoken.is_subset(&by_rule), "{who}");
}

struct World<'a>(&'a Records);

impl World<'_> {
    fn read<T: Typed>(&self, id: Id) -> T {
        self.0.get(&Key::new(T::KIND, id)).cloned().and_then(|(_, body)| T::of(body)).expect("is there")
    }
}

impl haitang_domain::World for World<'_> {
    fn get(&self, key: Key) -> Option<Body> {
        self.0.get(&key).map(|(_, body)| body.clone())
    }
}

/// Writes a record's new body as an accepted command would, whatever the rules would say to the person.
fn rewrite(rig: &Rig, all: &Records, key: Key, body: &Body) {
    let home = Key::new(Kind::Org, body.home(key.id));
    let shard = all.get(&key).or_else(|| all.get(&home)).map(|(shard, _)| *shard).expect("a home");
    rig.storage
        .write(shard, &mut |writer| {
            let mut state = writer.state()?.expect("a shard");
            let before = writer.record(key)?;
            state.version += 1;
            writer.put(key, body, state.version, before.as_ref())?;
            writer.set_state(&state)
        })
        .expect("writes");
}

/// One change of the city.
fn change(rig: &Rig, what: u16, draws: &mut Draws<'_>) {
    let all = records(rig);
    let world = World(&all);
    let n = draws.next();
    let (key, body) = match what % 8 {
        // Somebody is moved, leaves for good, or comes back.
        0 => (Key::new(Kind::Member, person(n)), Body::Member(a_member(draws))),
        1 => {
            let member: Member = world.read(person(n));
            let closed = member.closed.is_none().then(|| at(5));
            (Key::new(Kind::Member, person(n)), Body::Member(Member { closed, ..member }))
        }
        // Somebody is appointed, or an appointment becomes another.
        2 | 3 => (Key::new(Kind::Appointment, numbered(300 + n % (2 * APPOINTMENTS))), Body::Appointment(an_appointment(draws))),
        4 => {
            let key = Key::new(Kind::Appointment, numbered(300 + n % APPOINTMENTS));
            let held: Appointment = world.read(key.id);
            (key, Body::Appointment(Appointment { ended: Some(at(now() - 1)), ..held }))
        }
        // An org comes to lie under another.
        5 => {
            let n = 3 + n % (ORGS - 3);
            (Key::new(Kind::Org, org(n)), Body::Org(an_org(n, draws)))
        }
        // A record becomes another of its kind, or a new one is made.
        _ => {
            let kind = WORK[usize::from(n) % WORK.len()];
            (Key::new(kind, numbered(400 + n % 60)), a_record(kind, draws))
        }
    };
    rewrite(rig, &all, key, &body);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// At any time every member's new phone, and every phone that pulled now and then, holds exactly what its holder may read.
    #[test]
    fn a_pull_brings_what_the_rules_allow_and_nothing_else(
        first in prop::collection::vec(any::<u16>(), 500),
        steps in prop::collection::vec((any::<u16>(), prop::collection::vec(any::<u16>(), 12), 0..3 * MEMBERS), 1..24),
    ) {
        let rig = city(&mut Draws(first.iter()));
        let mut phones: BTreeMap<Id, Received> = BTreeMap::new();
        for (what, draws, pulls) in steps {
            change(&rig, what, &mut Draws(draws.iter()));
            if pulls < MEMBERS {
                check(&rig, person(pulls), phones.entry(person(pulls)).or_default());
            }
        }
        for who in (0..MEMBERS).map(person) {
            check(&rig, who, phones.entry(who).or_default());
            check(&rig, who, &mut Received::default());
        }
    }
}

/// The same by real commands of real phones: an appointment made, used, ended; a member sent and received.
#[tokio::test]
async fn after_real_commands_everyone_holds_exactly_what_they_may() {
    let rig = Rig::new();
    let group = numbered(1);
    let all = records(&rig);
    rewrite(
        &rig,
        &all,
        Key::new(Kind::Appointment, numbered(2)),
        &Body::Appointment(Appointment::new(id(ANNA), id(COUNTY), Role::Admin)),
    );
    let (mut anna, mut bo) = (rig.phone(ANNA, 1), rig.phone(BO, 2));
    let to = |kind, id, action| Command { target: Key::new(kind, id), action: Action::Directory(action) };
    let make = directory::Action::CreateOrg { parent: id(COUNTY), kind: OrgKind::Branch, name: "新".into() };
    let appoint = directory::Action::Appoint { member: id(BO), org: group, role: Role::Secretary, grid: None, until: None };
    let send = directory::Action::RequestTransfer { member: id(BO), to: group, reason: "搬家".into() };
    let steps: Vec<(bool, Command)> = vec![
        (true, to(Kind::Org, group, make)),
        (true, to(Kind::Appointment, numbered(3), appoint)),
        (false, submit_log(4)),
        (true, to(Kind::Transfer, numbered(5), send)),
        (false, to(Kind::Transfer, numbered(5), directory::Action::AcceptTransfer)),
        (false, add_to(group, 6)),
        (true, approve_log(4)),
        (true, to(Kind::Appointment, numbered(3), directory::Action::EndAppointment)),
        (true, to(Kind::Appointment, id(21), directory::Action::EndAppointment)),
    ];
    let people = [ANNA, BO, CHEN];
    let mut phones: BTreeMap<u8, Received> = BTreeMap::new();
    for (by_anna, command) in steps {
        let phone = if by_anna { &mut anna } else { &mut bo };
        // Ends in another county are not hers to write there: the only refusal, and it changes nothing.
        let want = if command.target.id == id(21) { "wrong_shard" } else { "ok" };
        assert_eq!(rig.do_all(phone, std::slice::from_ref(&command)).await, [want], "{command:?}");
        for who in people {
            check(&rig, id(who), phones.entry(who).or_default());
            check(&rig, id(who), &mut Received::default());
        }
    }
    assert_eq!(rig.read::<Member>(id(BO)).expect("is there").org, group);
    let transfer: directory::Transfer = rig.read(numbered(5)).expect("is there");
    assert_eq!(transfer.state, TransferState::Accepted);
}

fn add_to(org: Id, n: u16) -> Command {
    let action = directory::Action::AddMember { org, name: "新人".into(), phone: None, joined: None };
    Command { target: Key::new(Kind::Member, numbered(n)), action: Action::Directory(action) }
}

/// A paper's answers stay out of reach of one who makes an org under the paper's own id and is appointed to its inbox.
#[tokio::test]
async fn no_org_of_a_papers_name_leads_to_its_answers() {
    let rig = Rig::new();
    let (mut anna, paper) = (rig.phone(ANNA, 1), numbered(9));
    let key = json!({"paper": paper, "org": id(BRANCH), "answers": [], "released": false});
    let key_id = haitang_domain::quiz::AnswerKey::id(paper);
    rig.hub.seed([Write { key: Key::new(Kind::AnswerKey, key_id), body: read(Kind::AnswerKey, key) }]).expect("seeds");
    let make = directory::Action::CreateOrg { parent: id(BRANCH), kind: OrgKind::Group, name: "组".into() };
    let appoint = directory::Action::Appoint { member: id(ANNA), org: paper, role: Role::Approver, grid: None, until: None };
    let made = Command { target: Key::new(Kind::Org, paper), action: Action::Directory(make) };
    let appointed = Command { target: Key::new(Kind::Appointment, numbered(10)), action: Action::Directory(appoint) };
    assert_eq!(rig.do_all(&mut anna, &[made, appointed]).await, ["ok", "ok"]);
    let mut received = Received::default();
    check(&rig, id(ANNA), &mut received);
    assert!(received.held.keys().all(|(_, kind, _)| *kind != Kind::AnswerKey as u8));
}

/// Nor does an appointment open a grid that is not the org's own.
#[tokio::test]
async fn an_appointment_opens_no_grid_of_another_org() {
    let rig = Rig::new();
    let (mut anna, own, strange) = (rig.phone(ANNA, 1), numbered(1), numbered(2));
    let area = |id, org| Write { key: Key::new(Kind::Grid, id), body: read(Kind::Grid, json!({"org": org, "name": "g"})) };
    let home = |n, grid, org| Write {
        key: Key::new(Kind::Household, numbered(n)),
        body: read(Kind::Household, json!({"org": org, "grid": grid, "address": "a", "people": 1})),
    };
    let other = id(OTHER_BRANCH);
    rig.hub
        .seed([area(own, id(BRANCH)), area(strange, other), home(3, own, id(BRANCH)), home(4, strange, other)])
        .expect("seeds");
    let appoint = |n, grid| {
        let action = directory::Action::Appoint {
            member: id(ANNA),
            org: id(BRANCH),
            role: Role::GridWorker,
            grid: Some(grid),
            until: None,
        };
        Command { target: Key::new(Kind::Appointment, numbered(n)), action: Action::Directory(action) }
    };
    let said = rig.do_all(&mut anna, &[appoint(20, own), appoint(21, strange), appoint(22, numbered(99))]).await;
    assert_eq!(said, ["ok", "out_of_range", "missing"]);
    let mut received = Received::default();
    check(&rig, id(ANNA), &mut received);
    assert!(received.has(Feed::grid(own), Kind::Household, numbered(3)));
    assert!(!received.held.keys().any(|(_, _, id)| *id == numbered(4)), "households of another county");
}
