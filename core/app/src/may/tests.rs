//! Pages say what the holder may do, and it is what the rules then let them do.

use haitang_domain::activity::{Activity, ActivityState, LogState};
use haitang_domain::directory::{Appointment, Role};
use haitang_domain::notice::{Notice, NoticeState};
use haitang_domain::task::{Household, ShiftState, Task, TaskState};

use crate::activity::{ActivityMay, LogMay};
use crate::task::{ShiftMay, TaskMay};
use crate::testing::*;

#[test]
fn the_host_leads_an_activity_and_others_may_record_it() {
    let mut host = Town::of(ANNA);
    host.put(id(60), activity(-1));
    let may_of = |town: &Town, n| town.phone.activity(id(n)).expect("opens").may;
    let may = |town: &Town| may_of(town, 60);
    let host_may =
        ActivityMay { replan: true, cancel: true, open_check_in: true, check_in_for: true, log: true, ..ActivityMay::default() };
    assert_eq!(may(&host), host_may);
    host.phone.open_check_in(id(60)).expect("opens");
    assert_eq!(may(&host), ActivityMay { open_check_in: false, close_check_in: true, show_code: true, ..host_may });
    host.phone.host_code(id(60)).expect("as it says");
    host.phone.check_in_for(id(60), id(EWA)).expect("as it says");
    let page = host.phone.activity(id(60)).expect("opens");
    assert_eq!((page.item.present, page.item.i_am_present, page.attendees.len()), (1, false, 1));
    assert_eq!((page.host_name.as_str(), page.org_name.as_str(), page.whole_org), ("安娜", "org 4", true));
    assert_eq!(page.expected.len(), 4, "the whole branch");

    let mut other = Town::of(EWA);
    other.put(id(60), Activity { check_in_open: true, ..activity(-1) });
    assert_eq!(may(&other), ActivityMay { log: true, ..ActivityMay::default() });
    assert_eq!(code(other.phone.cancel_activity(id(60), "x")), "not_allowed");

    other.put(id(62), activity(3 * DAY));
    assert_eq!(may_of(&other, 62), ActivityMay::default(), "nobody records what is still to come");

    let cancelled = Activity { state: ActivityState::Cancelled, reason: "台风".into(), ..activity(-1) };
    host.put(id(61), cancelled);
    let page = host.phone.activity(id(61)).expect("opens");
    assert_eq!((page.may, page.cancelled_reason.as_str()), (ActivityMay::default(), "台风"));
    assert_eq!(code(host.phone.activity(id(99))), "missing");
}

#[test]
fn an_activity_leads_to_its_log() {
    let mut town = Town::of(ANNA);
    town.put(id(60), activity(-3));
    let content = town.phone.start_log(None, Some(id(60))).expect("starts");
    let log = town.phone.submit_log(None, None, content).expect("submits");
    let page = town.phone.activity(id(60)).expect("opens");
    assert_eq!((page.log, page.may.log), (Some(log), false), "it is recorded once");
}

#[test]
fn a_log_page_offers_its_author_and_its_decider_different_things() {
    let mut author = Town::of(EWA);
    let log = author.phone.save_log(None, None, content("")).expect("drafts");
    let page = author.phone.log_page(log).expect("opens");
    assert_eq!(page.may, LogMay { edit: true, submit: true, ..LogMay::default() }, "what is missing can still be written");
    assert_eq!(code(author.phone.submit_log(Some(log), None, content(""))), "empty");
    author.phone.submit_log(Some(log), None, content("讲座")).expect("submits");
    let page = author.phone.log_page(log).expect("opens");
    assert_eq!(page.may, LogMay { recall: true, ..LogMay::default() });
    assert_eq!((page.author_name.as_str(), page.pending), ("艾娃", true));
    author.put(id(70), log_of_somebody());
    assert_eq!(author.phone.log_page(id(70)).expect("opens").may, LogMay::default());

    let mut decider = Town::of(ANNA);
    decider.put(id(70), log_of_somebody());
    assert_eq!(
        decider.phone.log_page(id(70)).expect("opens").may,
        LogMay { approve: true, return_it: true, ..LogMay::default() }
    );
    decider.phone.approve_log(id(70)).expect("as it says");
    let page = decider.phone.log_page(id(70)).expect("opens");
    assert_eq!((page.may, page.decided_by_name.as_deref()), (LogMay::default(), Some("安娜")));
    assert_eq!(page.attendance_names, ["安娜", "蔡敏"]);
}

fn log_of_somebody() -> haitang_domain::activity::Log {
    let mut log = log(CAI, LogState::Submitted, -3);
    log.content.attendance = [id(CAI), id(ANNA)].into();
    log
}

#[test]
fn a_log_handed_in_twice_under_its_id_is_handed_in_once() {
    let town = Town::of(EWA);
    let id = town.phone.new_id();
    for _ in 0..2 {
        assert_eq!(town.phone.submit_log(Some(id), None, content("讲座")).expect("submits"), id);
    }
    assert_eq!(town.phone.outbox_status().expect("counts").waiting, 1);
    assert_eq!(code(town.phone.submit_log(Some(id), None, content("另一份"))), "wrong_state", "other words are not lost in it");
}

#[test]
fn a_task_page_offers_what_its_state_and_the_holder_allow() {
    let mut town = Town::of(CAI);
    let home = Household { contact: Some("陈先生".into()), ..household("海棠路1号", "101") };
    town.put(id(80), home);
    let visit = |assignee| Task { household: Some(id(80)), ..task(2, assignee) };
    town.put(id(100), visit(None));
    let may = |town: &Town, n| town.phone.task(id(n)).expect("opens").may;
    let open = TaskMay { accept: true, hand_over: true, report: true, cancel: true, ..TaskMay::default() };
    assert_eq!(may(&town, 100), open);
    let handed = Task { state: TaskState::HandedOver, offered_to: Some(id(CAI)), from_org: true, ..visit(Some(DU)) };
    town.put(id(101), handed);
    assert_eq!(may(&town, 101), TaskMay { take_over: true, decline: true, ..TaskMay::default() });
    let page = town.phone.task(id(101)).expect("opens");
    assert_eq!((page.assignee_name.as_deref(), page.offered_to_name.as_deref()), (Some("杜江"), Some("蔡敏")));
    assert_eq!((page.grid_name.as_str(), page.pending), ("第一网格", false));
    town.put(id(102), Task { state: TaskState::Done, ..visit(Some(CAI)) });
    assert_eq!(may(&town, 102), TaskMay::default());
    town.phone.accept_task(id(100)).expect("as it says");
    assert_eq!(may(&town, 100), TaskMay { accept: false, ..open });
    town.phone.hand_over_task(id(100), id(DU), "").expect("as it says");
}

#[test]
fn handing_over_is_offered_only_where_somebody_is_known() {
    let mut alone = Town::empty(CAI);
    let me = haitang_domain::directory::Member { org: id(BRANCH), name: "蔡敏".into(), ..Default::default() };
    alone.put(id(CAI), me);
    alone.put(id(100), task(2, Some(CAI)));
    assert!(!alone.phone.task(id(100)).expect("opens").may.hand_over);
}

#[test]
fn what_was_found_at_a_household_before_is_on_its_tasks() {
    let mut town = Town::of(CAI);
    town.put(id(80), household("海棠路1号", "101"));
    for n in 0..12u8 {
        let (visit, report) = (id(100 + n), id(140 + n));
        let done = Task {
            household: Some(id(80)),
            state: TaskState::Done,
            report: Some(report),
            ..task(-DAY * 7 * i64::from(n), Some(DU))
        };
        town.put(visit, done);
        town.put(report, crate::testing::report(visit, DU, -DAY * 7 * i64::from(n)));
    }
    town.put(id(120), Task { household: Some(id(80)), ..task(2, None) });
    let history = |n| town.phone.task(id(n)).expect("opens").history;
    let ids: Vec<_> = history(120).iter().map(|line| line.id).collect();
    assert_eq!(ids, (140..150).map(id).collect::<Vec<_>>(), "the ten newest, the newest first");
    assert_eq!(history(120)[0].author_name, "杜江");
    assert_eq!(history(100)[0].id, id(141), "its own report is no earlier one");
    let page = town.phone.household(id(80)).expect("opens");
    assert_eq!((page.history.len(), page.open_tasks.len(), page.may_edit), (10, 1, true));
    assert_eq!(page.place, "海棠路1号 101");

    let mut stranger = Town::of(EWA);
    stranger.put(id(80), household("海棠路1号", "101"));
    assert!(!stranger.phone.household(id(80)).expect("opens").may_edit);
}

#[test]
fn a_shift_page_offers_what_its_state_and_the_time_allow() {
    let mut town = Town::of(CAI);
    town.put(id(110), shift(-1, CAI));
    let may = |town: &Town, n| town.phone.shift(id(n)).expect("opens").may;
    let planned = ShiftMay { start: true, hand_over: true, cancel: true, ..ShiftMay::default() };
    assert_eq!(may(&town, 110), planned);
    town.set(hours(4));
    assert_eq!(may(&town, 110), ShiftMay { miss: true, ..planned }, "it is past");
    town.phone.start_shift(id(110)).expect("as it says");
    assert_eq!(may(&town, 110), ShiftMay { hand_over: true, end: true, ..ShiftMay::default() });
    let page = town.phone.shift(id(110)).expect("opens");
    assert!(page.on_at.is_some() && page.item.mine && page.item.pending);
    let mut offered = shift(1, DU);
    (offered.state, offered.handover_to, offered.from_org) = (ShiftState::Offered, Some(id(CAI)), true);
    town.put(id(111), offered);
    assert_eq!(may(&town, 111), ShiftMay { take_over: true, decline: true, ..ShiftMay::default() });
    town.phone.take_over_shift(id(111)).expect("as it says");
    let page = town.phone.shift(id(111)).expect("opens");
    assert_eq!((page.reliefs[0].from_name.as_str(), page.reliefs[0].to_name.as_str()), ("杜江", "蔡敏"));
}

#[test]
fn a_notice_asks_those_it_is_meant_for_once() {
    let mut town = Town::of(CAI);
    let notice = Notice {
        org: id(COMMUNITY),
        title: "防汛".into(),
        text: "值守".into(),
        files: vec![],
        effective: hours(-1),
        until: None,
        audience: vec![Role::GridWorker],
        wants_receipt: true,
        replaces: None,
        replaced_by: None,
        published: hours(-1),
        author: id(ANNA),
        state: NoticeState::Published,
        withdrawn_reason: String::new(),
    };
    town.put(id(120), notice.clone());
    town.put(id(121), Notice { audience: vec![Role::Auditor], ..notice.clone() });
    town.put(id(122), Notice { state: NoticeState::Withdrawn, ..notice });
    let page = |town: &Town, n| town.phone.notice_page(id(n)).expect("opens");
    let asked = |town: &Town| [120, 121, 122].map(|n| page(town, n).may_confirm);
    assert_eq!(asked(&town), [true, false, false]);
    assert_eq!((page(&town, 120).org_name.as_str(), page(&town, 120).author_name.as_str()), ("org 3", "安娜"));
    town.phone.confirm_notice(id(120)).expect("as it says");
    let now = page(&town, 120);
    assert_eq!((now.read, now.confirmed, now.may_confirm, now.may_withdraw), (true, true, false, false));
    town.put(id(33), Appointment::new(id(CAI), id(COMMUNITY), Role::Publisher));
    assert!(page(&town, 120).may_withdraw);
}

#[test]
fn an_org_a_person_and_a_grid_are_opened() {
    let town = Town::of(CAI);
    let page = town.phone.org(id(COMMUNITY)).expect("opens");
    assert_eq!((page.item.name.as_str(), page.parent.map(|org| org.id), page.below.len()), ("org 3", Some(id(2)), 1));
    let held: Vec<_> = page.appointments.iter().map(|held| (held.name.as_str(), held.grid_name.as_deref())).collect();
    assert_eq!(held, [("蔡敏", Some("第一网格")), ("杜江", Some("第一网格"))]);
    assert!(!page.may_add_member && !page.may_rename);
    let branch = town.phone.org(id(BRANCH)).expect("opens");
    assert_eq!(branch.members.len(), 4);
    let (me, anna) = (town.phone.member(id(CAI)).expect("opens"), town.phone.member(id(ANNA)).expect("opens"));
    assert_eq!((me.is_me, me.appointments.len(), anna.is_me), (true, 1, false));
    assert_eq!(anna.appointments[0].role, Role::Secretary);
    assert_eq!(town.phone.workers_of(id(GRID)).expect("lists").iter().map(|worker| worker.id).collect::<Vec<_>>(), [id(DU)]);
    let grids = town.phone.my_grids().expect("lists");
    assert_eq!((grids[0].name.as_str(), grids[0].org.as_str()), ("第一网格", "org 3"));
    assert!(Town::of(ANNA).phone.org(id(BRANCH)).expect("opens").may_add_member);
}
