use haitang_domain::directory::{Appointment, Member, Role};
use haitang_domain::{Timestamp, activity};
use haitang_protocol::pull::PageBuilder;
use haitang_protocol::push::ServerTime;

use haitang_protocol::pull::Change;

use super::*;
use crate::UnsentState;
use crate::testing::{ANNA, BO, CAI, KEY, NOW, SHARD, Server, content, edit_member, id, in_step, phone_of, plan};
use haitang_domain::Action;
use haitang_domain::record::Typed as _;

fn feed_head() -> FeedHead {
    FeedHead { shard: id(SHARD), feed: Feed::org(id(4)), waiting: 3 }
}

fn head() -> Head {
    Head { epoch: id(90), feeds: vec![feed_head()], time: ServerTime { issued: Timestamp::from_millis(NOW), mac: [0; 32] } }
}

fn change(n: u8, version: u64, body: &[u8]) -> Change<'_> {
    Change { kind: Kind::Member as u8, id: id(n), version, body: Some(body) }
}

#[test]
fn a_page_and_its_cursor_are_kept_together_or_not_at_all() {
    let (store, folder) = phone_of(id(ANNA));
    store.begin(&head()).expect("begins");
    let mut builder = PageBuilder::default();
    builder.push(change(50, 1, br#"{"org":"01000000-0000-0000-0000-000000000004","name":"a"}"#));
    builder.push(change(51, 2, b"{broken"));
    assert!(store.apply_page(&feed_head(), &builder.page(0, 2)).is_err(), "the second body is no JSON");
    assert_eq!(store.pull_request().expect("asks").cursors[0].version, 0);
    assert_eq!(store.get(Key::new(Kind::Member, id(50))).expect("reads"), None);

    builder.clear();
    builder.push(change(50, 1, br#"{"org":"01000000-0000-0000-0000-000000000004","name":"a"}"#));
    store.apply_page(&feed_head(), &builder.page(0, 1)).expect("applies");
    // A process that is killed here leaves what a second connection finds now.
    let copy = folder.path().join("copy.db");
    for suffix in ["", "-wal", "-key"] {
        std::fs::copy(folder.path().join(format!("phone.db{suffix}")), folder.path().join(format!("copy.db{suffix}")))
            .expect("copies");
    }
    let after = Store::open(copy, KEY).expect("opens");
    assert_eq!(after.pull_request().expect("asks").cursors[0].version, 1);
    assert!(after.get(Key::new(Kind::Member, id(50))).expect("reads").is_some());
    assert_eq!(after.status().expect("counts").feeds[0].waiting, 2);
}

#[test]
fn a_kind_of_a_newer_version_is_kept_for_the_day_it_is_known() {
    let (store, _folder) = phone_of(id(ANNA));
    store.begin(&head()).expect("begins");
    let mut builder = PageBuilder::default();
    builder.push(Change { kind: 250, id: id(50), version: 1, body: Some(b"{}") });
    let applied = store.apply_page(&feed_head(), &builder.page(0, 1)).expect("applies");
    assert_eq!((applied.records, applied.kinds.len()), (1, 0));
    let count = store.read_with("count", |db| Ok(db.query_row("SELECT count(*) FROM record", [], |row| row.get::<_, i64>(0))?));
    assert_eq!(count.expect("counts"), 1);
}

#[test]
fn an_older_version_never_takes_the_place_of_a_newer_one() {
    let (store, _folder) = phone_of(id(ANNA));
    store.begin(&head()).expect("begins");
    for (version, name) in [(5, "new"), (3, "old"), (5, "same")] {
        let body = format!(r#"{{"org":"01000000-0000-0000-0000-000000000004","name":"{name}"}}"#);
        let mut builder = PageBuilder::default();
        builder.push(change(50, version, body.as_bytes()));
        store.apply_page(&feed_head(), &builder.page(0, version)).expect("applies");
    }
    assert_eq!(store.read::<Member>(id(50)).expect("reads").expect("is there").name, "new");
    assert_eq!(store.pull_request().expect("asks").cursors[0].version, 5);
}

#[test]
fn a_record_goes_with_the_last_feed_that_held_it() {
    let (store, mut server, _folder) = in_step();
    let own = Key::new(Kind::Member, id(ANNA));
    server.withheld.insert(Feed::org(id(4)));
    let lost_before = store.status().expect("counts").feed_lost;
    server.pull(&store);
    assert!(store.get(own).expect("reads").is_some(), "it is in her own feed too");
    assert!(store.get(Key::new(Kind::Member, id(CAI))).expect("reads").is_none());
    assert_eq!(lost_before, 0);
    server.withheld.insert(Feed::member(id(ANNA)));
    server.pull(&store);
    assert!(store.get(own).expect("reads").is_none());
    let left =
        store.read_with("count", |db| Ok(db.query_row("SELECT count(*) FROM membership", [], |row| row.get::<_, i64>(0))?));
    assert_eq!(left.expect("counts"), 4, "the orgs above her, which their down feeds hold");
}

#[test]
fn what_was_done_in_a_lost_feed_is_kept_apart_and_settled_by_the_server() {
    let (store, mut server, _folder) = in_step();
    store.act(Key::new(Kind::Member, id(CAI)), edit_member("甲")).expect("edits");
    store.act(Key::new(Kind::Activity, id(60)), plan("讲座")).expect("plans");
    let save = Action::Activity(activity::Action::SaveDraft { org: id(4), content: content("草稿") });
    store.act(Key::new(Kind::Log, id(70)), save).expect("drafts");
    server.withheld.insert(Feed::org(id(4)));
    server.pull(&store);
    let waiting = store.waiting(0, 9).expect("lists");
    assert_eq!(waiting.iter().map(|unsent| unsent.feed_lost).collect::<Vec<_>>(), [true, true, false]);
    assert!(matches!(waiting[0].state, UnsentState::Waiting(Some(_))), "and why is said");
    assert!(store.get(Key::new(Kind::Member, id(CAI))).expect("reads").is_none());
    assert!(waiting[0].json.contains('甲'), "what was entered can be read and exported");
    while server.push(&store, 9, true) {}
    server.pull(&store);
    assert_eq!(store.unsent().expect("counts"), 0);
    let edited = Member::of_ref(&server.records.0[&Key::new(Kind::Member, id(CAI))]).map(|member| member.name.clone());
    assert_eq!(edited.as_deref(), Some("甲"));
}

#[test]
fn a_new_epoch_leaves_all_readable_and_sweeps_out_what_is_gone() {
    let (store, mut server, _folder) = in_step();
    let (stays, goes) = (Key::new(Kind::Member, id(ANNA)), Key::new(Kind::Member, id(CAI)));
    server.records.0.remove(&goes);
    server.epoch = id(91);
    assert!(!server.pull_some(&store, 1), "cut after a page");
    assert!(store.get(goes).expect("reads").is_some(), "work goes on halfway");
    server.pull(&store);
    assert!(store.get(goes).expect("reads").is_none());
    assert!(store.get(stays).expect("reads").is_some());
    assert!(store.status().expect("counts").synced);
}

#[test]
fn what_leaves_an_inbox_leaves_the_phone_of_those_who_decide() {
    let (store, _folder) = phone_of(id(BO));
    let mut server = Server::new();
    server.put(id(32), Appointment::new(id(BO), id(3), Role::Approver));
    let log = Key::new(Kind::Log, id(70));
    let submit = Action::Activity(activity::Action::SubmitLog { org: id(4), content: content("记") });
    server.act(ANNA, log, submit).expect("submits; she decides in her branch, so it waits above");
    server.pull(&store);
    assert_eq!(store.waiting_logs(&[id(3)], None, 9).expect("lists").len(), 1);
    server.act(ANNA, log, Action::Activity(activity::Action::RecallLog)).expect("recalls");
    server.pull(&store);
    assert_eq!(store.get(log).expect("reads"), None);
}
