use haitang_domain::{Code, Key};

use super::*;
use crate::UnsentState;
use crate::testing::{CAI, NOW, SHARD, at, code, content, edit_member, id, in_step, plan, times};
use haitang_domain::{Action, Command, activity};

fn member() -> Key {
    Key::new(Kind::Member, id(CAI))
}

#[test]
fn commands_are_sent_in_order_and_no_more_than_asked_for() {
    let (store, mut server, _folder) = in_step();
    for name in ["甲", "乙", "丙"] {
        store.act(member(), edit_member(name)).expect("edits");
    }
    let two = store.next_push(None, 2, usize::MAX).expect("reads").expect("waits");
    assert_eq!((two.first_seq, two.last_seq, two.commands.len()), (1, 2, 2));
    let one = store.next_push(None, 9, 1).expect("reads").expect("waits");
    assert_eq!(one.commands.len(), 1, "the first goes however large it is");
    while server.push(&store, 2, true) {}
    assert_eq!(server.answers.len(), 3);
    let status = store.status().expect("counts");
    assert_eq!((status.waiting, status.accepted), (0, 3));
    server.pull(&store);
    assert_eq!(store.status().expect("counts").accepted, 0);
    assert_eq!(store.get(member()).expect("reads").map(|row| row.pending), Some(false));
}

#[test]
fn a_lost_answer_costs_nothing_but_a_second_question() {
    let (store, mut server, _folder) = in_step();
    store.act(Key::new(Kind::Activity, id(60)), plan("讲座")).expect("plans");
    server.push(&store, 9, false);
    server.pull(&store);
    // The activity has come back by itself, and planning it again would be refused.
    let unsent = &store.waiting(0, 9).expect("lists")[0];
    assert!(matches!(&unsent.state, UnsentState::Waiting(Some(doubt)) if doubt.code == Code::Exists));
    server.push(&store, 9, true);
    server.pull(&store);
    assert_eq!(store.unsent().expect("counts"), 0);
    assert!(!store.get(Key::new(Kind::Activity, id(60))).expect("reads").expect("is there").pending);
}

#[test]
fn a_refused_command_is_kept_until_its_author_mends_or_discards_it() {
    let (store, mut server, _folder) = in_step();
    let log = Key::new(Kind::Log, id(70));
    let submit = |title: &str| Action::Activity(activity::Action::SubmitLog { org: id(4), content: content(title) });
    store.act(log, submit("第一稿")).expect("submits");
    store.act(member(), edit_member("甲")).expect("edits");
    server.refuse = true;
    server.push(&store, 2, true);
    server.refuse = false;
    let refused = store.refused(0, 9).expect("lists");
    assert_eq!(
        refused.iter().map(|unsent| unsent.action.as_str()).collect::<Vec<_>>(),
        ["activity.submit_log", "directory.edit_member"]
    );
    assert!(refused[0].json.contains("第一稿"));
    let exported: serde_json::Value = serde_json::from_str(&store.export_unsent().expect("exports")).expect("is JSON");
    assert_eq!(exported[0]["refusal"]["code"], "conflict");
    assert_eq!(exported[0]["action"]["activity"]["submit_log"]["content"]["title"], "第一稿");

    let mended = Command { target: log, action: submit("第二稿") };
    store.mend_refused(1, &mended, times(NOW), at(NOW)).expect("mends");
    assert_eq!(code(store.mend_refused(1, &mended, times(NOW), at(NOW))), Code::Missing, "it is settled");
    assert!(store.discard_refused(2).expect("discards") && !store.discard_refused(2).expect("is gone"));
    assert_eq!(store.refused(0, 9).expect("lists"), []);
    while server.push(&store, 9, true) {}
    assert!(server.answers[&3].refusal.is_none());
}

#[test]
fn a_server_that_was_set_back_gets_again_what_it_lost() {
    let (store, mut server, _folder) = in_step();
    store.act(member(), edit_member("甲")).expect("edits");
    server.push(&store, 9, true);
    let (backup, epoch) = (server.records.clone(), id(91));
    let (chain, answers) = (server.chain, server.answers.clone());
    for name in ["乙", "丙"] {
        store.act(member(), edit_member(name)).expect("edits");
    }
    server.push(&store, 9, true);
    server.pull(&store);
    assert_eq!(store.status().expect("counts").accepted, 0, "the phone thinks it is done");
    // Restored: it knows the first command only.
    (server.records, server.chain, server.answers, server.epoch) = (backup, chain, answers, epoch);
    server.pull(&store);
    let asked = store.next_push(None, 9, usize::MAX).expect("reads").expect("the last one is sent once more");
    assert_eq!((asked.first_seq, asked.last_seq), (3, 3));
    assert_ne!(asked.prev_hash, server.chain.1, "which tells the server of the gap");
    store.rewind(id(SHARD), server.chain.0, server.chain.1).expect("goes back");
    while server.push(&store, 9, true) {}
    server.pull(&store);
    let shown = store.read::<haitang_domain::directory::Member>(id(CAI)).expect("reads").expect("is there");
    assert_eq!(shown.name, "丙");
    assert_eq!(store.unsent().expect("counts"), 0);
}

#[test]
fn another_chain_is_told_as_diverged() {
    let (store, mut server, _folder) = in_step();
    store.act(member(), edit_member("甲")).expect("edits");
    server.push(&store, 9, true);
    let other = ChainHash([1; 32]);
    for (seq, hash) in [(1, other), (7, server.chain.1), (0, other)] {
        assert!(matches!(store.rewind(id(SHARD), seq, hash), Err(StoreError::Diverged)), "{seq}");
    }
    store.rewind(id(SHARD), server.chain.0, server.chain.1).expect("where it stands already");
}

#[test]
fn a_command_that_fills_an_envelope_and_more_is_refused_at_once() {
    let (store, _server, _folder) = in_step();
    let fields = (0..30).map(|n| (format!("f{n}"), "长".repeat(19_000))).collect();
    let content = activity::LogContent { fields, ..content("长") };
    let save = Action::Activity(activity::Action::SaveDraft { org: id(4), content });
    assert_eq!(code(store.act(Key::new(Kind::Log, id(70)), save)), Code::TooLong);
    assert_eq!(store.unsent().expect("counts"), 0);
}
