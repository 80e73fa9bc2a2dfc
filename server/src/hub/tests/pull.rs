use haitang_domain::{Action, Command, Feed, Id, Key, Kind, directory};
use haitang_protocol::ProblemCode;
use haitang_protocol::limits::PAGE_RECORDS_MAX;
use haitang_protocol::pull::Pull;
use proptest::prelude::*;

use super::rig::*;
use crate::storage::Storage as _;

const DEVICE: u8 = 250;

fn received(rig: &Rig, member: u8) -> Received {
    let mut received = Received::default();
    received.pull(rig, id(DEVICE), member);
    received
}

#[test]
fn a_first_sync_brings_all_of_the_feeds_from_all_shards_and_the_cursors_to_the_head() {
    let rig = Rig::new();
    let anna = received(&rig, ANNA);
    assert!(anna.has(Feed::org(id(BRANCH)), Kind::Member, id(BO)));
    assert!(anna.has(Feed::down(id(CITY)), Kind::Org, id(CITY)), "from above the counties");
    assert!(anna.has(Feed::org(id(OTHER_BRANCH)), Kind::Member, id(CHEN)), "she audits there");
    assert!(anna.has(Feed::member(id(ANNA)), Kind::Appointment, id(21)), "an appointment that lives in another county");
    assert!(!anna.has(Feed::org(id(COUNTY)), Kind::Org, id(BRANCH)), "not her feed");
    for ((shard, feed), cursor) in &anna.cursors {
        assert_eq!(anna.heads[shard], *cursor, "{feed}");
    }
    assert_eq!((anna.removals, anna.more), (0, false));
    assert!(!received(&rig, BO).has(Feed::org(id(OTHER_BRANCH)), Kind::Member, id(CHEN)));
}

#[tokio::test]
async fn what_leaves_a_feed_is_removed_from_it_and_stays_in_the_others() {
    let rig = Rig::new();
    let (mut phone, mut her) = (rig.phone(BO, 1), rig.phone(ANNA, 2));
    let mut anna = received(&rig, ANNA);
    let (inbox, org) = (Feed::inbox(id(BRANCH)), Feed::org(id(BRANCH)));
    assert_eq!(rig.do_all(&mut phone, &[submit_log(1)]).await, ["ok"]);
    anna.pull(&rig, id(DEVICE), ANNA);
    assert!(anna.has(inbox, Kind::Log, numbered(1)) && anna.has(org, Kind::Log, numbered(1)));
    assert_eq!(anna.changes, 2, "once in each feed");
    assert_eq!(rig.do_all(&mut her, &[approve_log(1)]).await, ["ok"]);
    anna.pull(&rig, id(DEVICE), ANNA);
    assert!(!anna.has(inbox, Kind::Log, numbered(1)) && anna.has(org, Kind::Log, numbered(1)));
    assert_eq!((anna.changes, anna.removals), (2, 1));
    anna.pull(&rig, id(DEVICE), ANNA);
    assert_eq!((anna.changes, anna.pages), (0, 0), "nothing is sent twice");
    assert_eq!(received(&rig, ANNA).removals, 0, "a first sync has nothing to remove");
    // The city's shard did not move: its feeds got no page.
    rig.do_all(&mut her, &[rename(id(ANNA), "member 10")]).await;
    anna.pull(&rig, id(DEVICE), ANNA);
    assert!(anna.pages > 0 && anna.cursors.iter().all(|((shard, _), cursor)| anna.heads[shard] == *cursor));
}

#[tokio::test]
async fn who_loses_an_appointment_loses_its_feeds_at_the_next_pull() {
    let rig = Rig::new();
    let mut phone = rig.phone(ANNA, 1);
    let mut anna = received(&rig, ANNA);
    assert!(anna.cursors.keys().any(|(_, feed)| *feed == Feed::org(id(OTHER_BRANCH))));
    let end = directory::Action::EndAppointment;
    let end = Command { target: Key::new(Kind::Appointment, id(20)), action: Action::Directory(end) };
    // She may end her own; made a second before the server's present, which is when it ends.
    assert_eq!(rig.do_all(&mut phone, &[end]).await, ["ok"]);
    assert_eq!(rig.do_all(&mut phone, &[add_member(1)]).await, ["not_allowed"]);
    anna.pull(&rig, id(DEVICE), ANNA);
    assert!(!anna.cursors.keys().any(|(_, feed)| *feed == Feed::inbox(id(BRANCH))));
}

#[test]
fn another_epoch_or_a_cursor_from_nowhere_begins_anew() {
    let rig = Rig::new();
    let whole = received(&rig, BO);
    let mut other = Received { epoch: Some(id(77)), ..whole.clone() };
    other.pull(&rig, id(DEVICE), BO);
    assert_eq!((other.epoch, &other.held, &other.cursors), (whole.epoch, &whole.held, &whole.cursors));
    // Beyond the end, within the right epoch: everything of that feed comes again.
    let cursors =
        whole.cursors.keys().map(|(shard, feed)| haitang_protocol::pull::Cursor { shard: *shard, feed: *feed, version: 9_999 });
    let pull = Pull { epoch: whole.epoch, cursors: cursors.collect() };
    let mut frames = 0;
    rig.hub
        .pull(id(DEVICE), id(BO), pull, at(NOW), |_| {
            frames += 1;
            true
        })
        .expect("pulls");
    assert_eq!(frames, whole.pages + 2);
}

#[test]
fn who_is_not_known_is_told_so_and_not_that_they_read_nothing() {
    let rig = Rig::new();
    let pull = Pull { epoch: None, cursors: vec![] };
    let mut frames = 0;
    let failed = rig.hub.pull(id(DEVICE), id(222), pull, at(NOW), |_| {
        frames += 1;
        true
    });
    assert_eq!((failed.expect_err("is declined").code, frames), (ProblemCode::Forbidden, 0));
    assert_eq!(rig.hub.feeds_of(id(222), at(NOW)).expect_err("is declined").code, ProblemCode::Forbidden);
}

fn many(rig: &Rig, count: u16) {
    let member = |n| {
        haitang_domain::Write::new(
            numbered(n),
            directory::Member { org: id(BRANCH), name: "长".repeat(40), ..Default::default() },
        )
    };
    rig.hub.seed((1..=count).map(member)).expect("seeds");
}

#[test]
fn a_long_answer_comes_in_pages_and_a_cut_one_goes_on_where_it_was() {
    let rig = Rig::new();
    many(&rig, 20_000);
    let whole = received(&rig, BO);
    assert!(whole.pages > 20_000 / PAGE_RECORDS_MAX, "{} pages", whole.pages);
    for frames in 1..whole.pages + 2 {
        let mut cut = Received::default();
        cut.pull_some(&rig, id(DEVICE), BO, frames);
        assert!(cut.heads.is_empty(), "cut after {frames}");
        let before = cut.changes;
        cut.pull(&rig, id(DEVICE), BO);
        assert_eq!(before + cut.changes, whole.changes, "nothing comes twice");
        assert_eq!((&cut.held, &cut.cursors), (&whole.held, &whole.cursors));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whenever a phone pulls, and wherever its connection breaks, it ends with what a new phone receives.
    #[test]
    fn a_phone_that_pulls_now_and_then_ends_like_a_new_one(steps in proptest::collection::vec((0u8..4, 1u16..6, 0usize..9), 1..25)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let rig = Rig::new();
            let (mut anna, mut bo) = (rig.phone(ANNA, 1), rig.phone(BO, 2));
            let mut old = Received::default();
            for (what, n, frames) in steps {
                match what {
                    0 => drop(rig.do_all(&mut bo, &[submit_log(n)]).await),
                    1 => drop(rig.do_all(&mut anna, &[approve_log(n)]).await),
                    2 => drop(rig.do_all(&mut anna, &[add_member(n + 100), rename(numbered(n + 100), "新名")]).await),
                    _ => old.pull_some(&rig, id(DEVICE), ANNA, frames),
                }
            }
            old.pull(&rig, id(DEVICE), ANNA);
            let new = received(&rig, ANNA);
            assert_eq!((&old.held, &old.cursors, &old.heads), (&new.held, &new.cursors, &new.heads));
        });
    }
}

#[tokio::test]
async fn live_hears_which_feeds_moved_and_only_once_they_can_be_pulled() {
    let rig = Rig::new();
    let mut bo = rig.phone(BO, 1);
    let mut moved = rig.hub.subscribe();
    rig.do_all(&mut bo, &[submit_log(1)]).await;
    let heard = moved.recv().await.expect("hears");
    assert_eq!(heard.shard, id(COUNTY));
    for feed in [Feed::org(id(BRANCH)), Feed::inbox(id(BRANCH)), Feed::member(id(BO))] {
        assert!(heard.feeds.contains(&feed), "{feed}");
    }
    assert!(received(&rig, ANNA).has(Feed::inbox(id(BRANCH)), Kind::Log, numbered(1)));
    let nothing = rig.do_all(&mut bo, &[approve_log(1)]).await;
    assert_eq!(nothing, ["not_allowed"]);
    assert!(moved.try_recv().is_err(), "nothing moved");
}

#[test]
fn a_restored_server_is_another_epoch() {
    let rig = Rig::new();
    let epoch = rig.hub.epoch();
    rig.storage.set_epoch(Id::from_bytes([7; 16])).expect("sets");
    let Rig { folder, storage, hub, keys } = rig;
    drop((storage, hub, keys));
    assert_ne!(Rig::over(folder).hub.epoch(), epoch);
}
