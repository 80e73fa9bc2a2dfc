//! Phones that did things offline which do not go together.

use haitang_app::domain::activity::{Log, LogState};
use haitang_app::domain::directory::Member;
use haitang_app::domain::task::{NewReport, Task, TaskState};
use haitang_app::domain::{Id, Key, Kind};
use haitang_e2e::town::{ANNA, BO, CAI, DENG, TASK, id, log};
use haitang_e2e::{Handset, Site};

/// A secretary approves a log which its author takes back, both offline, each with other work around it.
async fn approve_against_recall(secretary_first: bool) {
    let site = Site::start().await;
    let (anna, bo) = (site.phone(ANNA).await, site.phone(BO).await);
    let contested = bo.phone.submit_log(None, None, log("党课", site.now())).expect("submits");
    bo.sync_well().await;
    anna.sync_well().await;

    let before = anna.phone.add_member(id(4), "新人甲", None).expect("adds");
    anna.phone.approve_log(contested).expect("as far as her phone knows");
    let after = anna.phone.add_member(id(4), "新人乙", None).expect("adds");
    bo.phone.edit_member(id(BO), "薄海", Some("13800000000")).expect("edits");
    bo.phone.recall_log(contested).expect("as far as his phone knows");
    let other = bo.phone.submit_log(None, None, log("主题党日", site.now())).expect("submits");

    let (first, second) = if secretary_first { (&anna, &bo) } else { (&bo, &anna) };
    first.sync_well().await;
    second.sync_well().await;
    first.sync_well().await;

    site.check_same(&anna);
    site.check_same(&bo);
    site.check_log();
    let state = site.read::<Log>(contested).expect("is there").state;
    assert_eq!(state, if secretary_first { LogState::Approved } else { LogState::Draft }, "who came first is right");
    first.check_settled();
    let refused = second.the_refused();
    assert_eq!((refused.id, refused.code.as_str()), (contested, "wrong_state"));
    assert_eq!(refused.values["state"], if secretary_first { "approved" } else { "draft" }, "{:?}", refused.values);
    let all = site.log();
    assert_eq!(all.iter().filter(|logged| logged.refusal.is_some()).count(), 1, "all the others went through");
    for member in [before, after] {
        assert!(site.read::<Member>(member).is_some());
    }
    assert_eq!(site.read::<Member>(id(BO)).expect("is there").phone.as_deref(), Some("13800000000"));
    assert_eq!(site.read::<Log>(other).expect("is there").state, LogState::Submitted);
    // Nothing of the conflict is left once its author has let it go.
    second.phone.discard_refused(refused.seq).expect("lets go");
    second.check_settled();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approval_and_a_recall_end_alike_on_both_phones_when_the_secretary_syncs_first() {
    approve_against_recall(true).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approval_and_a_recall_end_alike_on_both_phones_when_the_author_syncs_first() {
    approve_against_recall(false).await;
}

fn report(note: &str) -> NewReport {
    NewReport { note: note.into(), ..NewReport::empty(Id::NIL) }
}

fn task(handset: &Handset, n: u8) -> TaskState {
    handset.phone.task(id(n)).expect("is there").task.state
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_command_in_the_middle_holds_up_nothing_and_is_mended() {
    let site = Site::start().await;
    let (cai, deng) = (site.phone(CAI).await, site.phone(DENG).await);
    deng.phone.report_task(id(TASK + 1), report("邓先到")).expect("reports");
    for n in TASK..TASK + 3 {
        cai.phone.report_task(id(n), report("蔡也到过")).expect("reports");
        assert_eq!(task(&cai, n), TaskState::Done, "seen at once");
    }
    deng.sync_well().await;
    cai.sync_well().await;
    let refused = cai.the_refused();
    assert_eq!((refused.id, refused.title.as_str()), (id(TASK + 1), "查看41号楼道"));
    let outbox = cai.outbox();
    assert_eq!((outbox.waiting, outbox.accepted, outbox.refused), (0, 0, 1));
    for n in [TASK, TASK + 2] {
        assert_eq!(site.read::<Task>(id(n)).expect("is there").state, TaskState::Done);
    }

    let errand = cai.phone.mend(refused.seq).expect("mends");
    cai.sync_well().await;
    deng.sync_well().await;
    cai.check_settled();
    let mended = site.read::<Task>(errand).expect("is there");
    assert_eq!((mended.state, mended.assignee), (TaskState::Done, Some(id(CAI))));
    let found = mended.report.expect("a report");
    assert_eq!(deng.phone.report(found).expect("reached the other phone").note.as_deref(), Some("蔡也到过"));
    site.check_same(&cai);
    site.check_same(&deng);
    site.check_log();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_depends_on_a_refused_command_is_judged_by_itself() {
    let site = Site::start().await;
    let (anna, bo) = (site.phone(ANNA).await, site.phone(BO).await);
    let contested = bo.phone.submit_log(None, None, log("党课", site.now())).expect("submits");
    bo.sync_well().await;
    anna.sync_well().await;
    anna.phone.approve_log(contested).expect("approves");
    // Taken back, mended and handed in again, all offline: three commands on one record, none of which can stand any more.
    bo.phone.recall_log(contested).expect("recalls");
    bo.phone.save_log(Some(contested), None, log("党课（改）", site.now())).expect("saves");
    bo.phone.submit_log(Some(contested), None, log("党课（改）", site.now())).expect("submits");
    anna.sync_well().await;
    bo.sync_well().await;
    let refused = bo.phone.refused().expect("lists");
    assert_eq!(refused.len(), 3, "each is kept: {refused:?}");
    let last = bo.phone.refused_log(refused[2].seq).expect("what was written is there still");
    assert_eq!(last.title, "党课（改）");
    let shown = bo.row(Key::new(Kind::Log, contested)).expect("is there");
    assert!(!shown.pending && !shown.body.contains("（改）"), "the screen shows what stands");
    site.check_same(&bo);
    site.check_same(&anna);
}
