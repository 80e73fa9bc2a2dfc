use std::collections::{BTreeMap, BTreeSet};

use haitang_domain::{Action, activity, directory};
use proptest::prelude::*;

use haitang_domain::Id;

use super::*;
use crate::Store;
use crate::error::Error;
use crate::testing::{
    ANNA, BO, CAI, Memory, NOW, Server, add_member, at, content, edit_member, id, in_step, plan, rename_org, times,
};
use haitang_domain::Command;
use haitang_domain::directory::Role;

/// Something that happens.
#[derive(Clone, Debug)]
enum Step {
    /// Anna does one of a few things to one of a few records.
    Here(u8, u8),
    /// Somebody else does.
    There(u8, u8),
    /// Commands are sent: how many, whether the answer arrives, whether the server refuses them out of hand.
    Push(u8, bool, bool),
    /// A pull, cut after so many pages.
    Pull(u8),
    /// A feed is withheld from the phone, or given back.
    Withhold(u8),
    /// The server is set up anew from what it has.
    NewEpoch,
    /// Some records are indexed.
    Index,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => (0u8..12, 0u8..3).prop_map(|(what, which)| Step::Here(what, which)),
        4 => (0u8..7, 0u8..3).prop_map(|(what, which)| Step::There(what, which)),
        3 => (1u8..6, prop::bool::weighted(0.8), prop::bool::weighted(0.25)).prop_map(|(n, heard, no)| Step::Push(n, heard, no)),
        3 => (0u8..8).prop_map(Step::Pull),
        1 => (0u8..4).prop_map(Step::Withhold),
        1 => Just(Step::NewEpoch),
        1 => Just(Step::Index),
    ]
}

fn here(what: u8, which: u8) -> Command {
    let (activity, log, member) = (id(60 + which), id(70 + which), id(80 + which));
    let activity_key = Key::new(Kind::Activity, activity);
    let log_key = Key::new(Kind::Log, log);
    let held = Key::new(Kind::Appointment, id(100 + which));
    let with = |action| Action::Activity(action);
    let (target, action) = match what {
        0 => (activity_key, plan("one")),
        1 => (activity_key, with(activity::Action::Cancel { reason: "雨".into() })),
        2 => (activity_key, with(activity::Action::OpenCheckIn)),
        3 => {
            let check_in = activity::CheckIn::id(activity, id(CAI));
            (Key::new(Kind::CheckIn, check_in), with(activity::Action::CheckInFor { activity, member: id(CAI) }))
        }
        4 => (log_key, with(activity::Action::SaveDraft { org: id(4), content: content("draft") })),
        5 => (log_key, with(activity::Action::SubmitLog { org: id(4), content: content("done") })),
        6 => (log_key, with(activity::Action::RecallLog)),
        7 => (Key::new(Kind::Org, id(4)), rename_org(["北", "南", "东"][usize::from(which)])),
        8 => (Key::new(Kind::Member, member), add_member("新人")),
        9 => (
            Key::new(Kind::Member, if which == 0 { id(CAI) } else { member }),
            edit_member(["甲", "乙", "丙"][usize::from(which)]),
        ),
        10 => {
            let (member, role) = if which == 0 { (id(CAI), Role::Leader) } else { (id(ANNA), Role::Publisher) };
            (held, Action::Directory(directory::Action::Appoint { member, org: id(4), role, grid: None, until: None }))
        }
        _ => {
            let ended = if which == 2 { Key::new(Kind::Appointment, id(30)) } else { held };
            (ended, Action::Directory(directory::Action::EndAppointment))
        }
    };
    Command { target, action }
}

fn there(server: &mut Server, what: u8, which: u8) {
    let log = Key::new(Kind::Log, id(70 + which));
    let with = |action| Action::Activity(action);
    // What the rules do not allow just then does not happen.
    let _ = match what {
        0 => server.act(BO, Key::new(Kind::Org, id(4)), rename_org("街道改的")),
        1 => server.act(BO, Key::new(Kind::Member, id(CAI)), edit_member("改")),
        2 => server.act(BO, Key::new(Kind::Activity, id(60 + which)), with(activity::Action::Cancel { reason: "停".into() })),
        3 => server.act(BO, log, with(activity::Action::ReturnLog { reason: "照片".into() })),
        4 => server.act(BO, log, with(activity::Action::ApproveLog)),
        5 => server.act(BO, Key::new(Kind::Appointment, id(30)), Action::Directory(directory::Action::EndAppointment)),
        _ => {
            let appoint =
                directory::Action::Appoint { member: id(ANNA), org: id(4), role: Role::Secretary, grid: None, until: None };
            server.act(BO, Key::new(Kind::Appointment, id(110 + which)), Action::Directory(appoint))
        }
    };
}

fn rows<T>(db: &Connection, sql: &str, read: impl Fn(&rusqlite::Row<'_>) -> rusqlite::Result<T>) -> Vec<T> {
    let mut statement = db.prepare(sql).expect("prepares");
    statement.query_map([], |row| read(row)).expect("reads").collect::<Result<_, _>>().expect("rows")
}

/// All records must show what a replay of the whole outbox over what is confirmed shows, and keep a base exactly where that
/// writes. Where a pull was `cut`, what belongs together with an accepted command is left as it is until one is whole.
fn check(store: &Store, cut: bool) {
    store
        .read_with("check", |db| {
            let found = rows(db, "SELECT kind, id, version, body, base FROM record", |row| {
                let key = record::key_of(row.get(0)?, row.get(1)?).expect("a known kind");
                Ok((key, row.get::<_, i64>(2)?, row.get::<_, String>(3)?, row.get::<_, Option<String>>(4)?))
            });
            let mut world = Memory::default();
            let mut versions = BTreeMap::new();
            for (key, version, body, base) in &found {
                let confirmed = base.as_ref().unwrap_or(body);
                if !confirmed.is_empty() {
                    versions.insert(*key, *version);
                    world.0.insert(*key, Body::parse(key.kind, confirmed.as_bytes()).expect("reads"));
                }
            }
            let graph = Graph::load(db)?;
            let accepted = graph.iter().filter(|(_, node)| cut && node.accepted.is_some());
            let begun = graph.closure(accepted.map(|(seq, _)| seq).collect());
            let nodes = begun.iter().filter_map(|seq| graph.get(*seq));
            let left: BTreeSet<Key> = nodes.flat_map(|node| node.touched.written().chain(node.target)).collect();
            let mut written = BTreeSet::new();
            let outbox = rows(db, "SELECT seq, envelope, latest, version, doubt FROM outbox ORDER BY seq", |row| {
                let (accepted, doubt) = (row.get::<_, Option<i64>>(3)?, row.get::<_, Option<String>>(4)?);
                Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?, row.get(2)?, accepted, doubt))
            });
            for (seq, envelope, latest, accepted, doubt) in outbox {
                let envelope = Envelope::parse(&envelope).expect("reads");
                let command = envelope.command().expect("a command");
                let included =
                    |key| accepted.is_some_and(|accepted| versions.get(&key).is_some_and(|version| version.abs() >= accepted));
                if included(command.target) {
                    continue;
                }
                let judged = world.judge(envelope.actor, at(latest), &command);
                let doubted = doubt.map(|doubt| serde_json::from_str::<Refusal>(&doubt).expect("a refusal"));
                let known = begun.contains(&seq) || doubted == judged.as_ref().err().filter(|_| accepted.is_none()).cloned();
                assert!(known, "{command:?}: {doubted:?}");
                for write in judged.unwrap_or_default() {
                    if !included(write.key) {
                        written.insert(write.key);
                        world.0.insert(write.key, write.body);
                    }
                }
            }
            let found: Vec<_> = found.into_iter().filter(|(key, ..)| !left.contains(key)).collect();
            written.retain(|key| !left.contains(key));
            let shown: BTreeMap<_, _> = found.iter().map(|(key, _, body, _)| (*key, body.clone())).collect();
            let want = world.0.iter().filter(|(key, _)| !left.contains(key));
            let want: BTreeMap<_, _> = want.map(|(key, body)| (*key, record::text_of(body).expect("a text"))).collect();
            let different: Vec<_> =
                shown.iter().filter(|(key, body)| want.get(key) != Some(*body)).map(|(key, _)| (key, want.get(key))).collect();
            let missing: Vec<_> = want.keys().filter(|key| !shown.contains_key(key)).collect();
            assert_eq!((different, missing), (vec![], vec![]));
            let based: BTreeSet<_> = found.iter().filter(|(.., base)| base.is_some()).map(|(key, ..)| *key).collect();
            assert_eq!(based, written);
            Ok::<_, Error>(())
        })
        .expect("checks");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Whatever happens in whatever order: screens show what a replay of everything pending would, nothing done here is ever
    /// dropped, and once all has been exchanged the phone shows what the server has.
    #[test]
    fn what_is_shown_is_what_a_replay_of_everything_would_show(steps in proptest::collection::vec(step(), 1..60), page in 1usize..6) {
        let (store, mut server, _folder) = in_step();
        server.page_records = page;
        let feeds: Vec<_> = server.feeds(id(ANNA)).into_iter().collect();
        let (mut performed, mut cut) = (0, false);
        for step in steps {
            match step {
                Step::Here(what, which) => performed += u64::from(store.perform(&here(what, which), times(NOW), at(NOW)).is_ok()),
                Step::There(what, which) => there(&mut server, what, which),
                Step::Push(n, heard, refuse) => {
                    server.refuse = refuse;
                    server.push(&store, usize::from(n), heard);
                    server.refuse = false;
                }
                Step::Pull(pages) => cut = !server.pull_some(&store, usize::from(pages)),
                Step::Withhold(n) => {
                    let feed = feeds[usize::from(n) % feeds.len()];
                    if !server.withheld.remove(&feed) { server.withheld.insert(feed); }
                }
                Step::NewEpoch => server.epoch = Id::from_bytes([server.epoch.bytes()[0].wrapping_add(1); 16]),
                Step::Index => { store.index_some(3).expect("indexes"); }
            }
            check(&store, cut);
        }
        server.withheld.clear();
        while server.push(&store, 3, true) { check(&store, cut); }
        server.pull(&store);
        // A new epoch has the last command asked for again.
        while server.push(&store, 3, true) {}
        server.pull(&store);
        check(&store, false);
        let refused = store.refused(0, 1_000).expect("lists");
        let accepted = server.answers.values().filter(|answer| answer.refusal.is_none()).count();
        prop_assert_eq!(accepted + refused.len(), performed as usize, "nothing was dropped");
        prop_assert!(store.waiting(0, 1_000).expect("lists").is_empty());
        let want = server.visible(id(ANNA));
        let shown = store.read_with("all", |db| Ok(rows(db, "SELECT kind, id, body, base FROM record", |row| {
            assert_eq!(row.get::<_, Option<String>>(3)?, None);
            Ok((record::key_of(row.get(0)?, row.get(1)?).expect("a key"), row.get::<_, String>(2)?.into_bytes()))
        }))).expect("reads");
        prop_assert_eq!(shown.into_iter().collect::<BTreeMap<_, _>>(), want);
    }
}

#[test]
fn what_depends_on_a_refused_command_is_in_doubt_and_nothing_else_is() {
    let (store, mut server, _folder) = in_step();
    let activity = Key::new(Kind::Activity, id(60));
    store.act(activity, plan("讲座")).expect("plans");
    store.act(activity, Action::Activity(activity::Action::OpenCheckIn)).expect("opens");
    store.act(Key::new(Kind::Member, id(CAI)), edit_member("改名")).expect("edits");
    server.refuse = true;
    server.push(&store, 1, true);
    assert_eq!(store.get(activity).expect("reads"), None, "its making was refused");
    let waiting = store.waiting(0, 10).expect("lists");
    let doubts: Vec<_> = waiting.iter().map(|unsent| matches!(unsent.state, crate::UnsentState::Waiting(Some(_)))).collect();
    assert_eq!(doubts, [true, false]);
    assert!(store.get(Key::new(Kind::Member, id(CAI))).expect("reads").expect("is there").pending);
    server.refuse = false;
    while server.push(&store, 10, true) {}
    server.pull(&store);
    assert_eq!(store.refused(0, 10).expect("lists").len(), 2);
    assert_eq!(store.unsent().expect("counts"), 2);
}

#[test]
fn commands_belong_together_where_one_wrote_what_another_read_however_far() {
    let org = Key::new(Kind::Org, id(4));
    let log = |n| Key::new(Kind::Log, id(n));
    let touched = |keys: &[(Key, bool)]| Node { touched: Touched(keys.iter().copied().collect()), target: None, accepted: None };
    let mut graph = Graph::default();
    graph.insert(1, touched(&[(org, false), (log(1), true)]));
    graph.insert(2, touched(&[(log(1), false), (log(2), true)]));
    graph.insert(3, touched(&[(log(2), false), (log(3), true)]));
    graph.insert(4, touched(&[(org, false), (log(4), true)]));
    assert_eq!(graph.closure([1].into()), [1, 2, 3].into(), "what all only read joins nothing");
    assert_eq!(graph.closure([3].into()), [1, 2, 3].into(), "it is judged over what came before");
    assert_eq!(graph.closure([4].into()), [4].into());
}

#[test]
fn what_a_command_touched_reads_back() {
    let touched = Touched([(Key::new(Kind::Org, id(4)), false), (Key::new(Kind::Log, id(1)), true)].into());
    assert_eq!(Touched::from_bytes(&touched.to_bytes()), touched);
}
