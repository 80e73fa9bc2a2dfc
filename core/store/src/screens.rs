//! What screens list, end to end: done or received, and shown in the order people need.

use haitang_domain::directory::{Appointment, Role};
use haitang_domain::quiz::{self, Mode, Question, QuestionKind, Right, Solution};
use haitang_domain::task::{Task, TaskKind, TaskState};
use haitang_domain::time::DAY_MS;
use haitang_domain::{Action, Id, Key, Kind, Timestamp, activity, notice, study};

use crate::Store;
use crate::testing::{ANNA, BO, CAI, NOW, Server, id, in_step, phone_of, plan};

fn moment(days: i64) -> Timestamp {
    Timestamp::from_millis(NOW + days * DAY_MS)
}

fn task(due: i64, assignee: Option<u8>, offered_to: Option<u8>, state: TaskState) -> Task {
    Task {
        org: id(3),
        grid: id(50),
        kind: TaskKind::Visit,
        title: "走访".into(),
        place: String::new(),
        household: None,
        assignee: assignee.map(id),
        from: moment(due - 1),
        due: moment(due),
        routine: None,
        author: id(BO),
        from_org: false,
        state,
        offered_to: offered_to.map(id),
        report: None,
        note: None,
        reason: None,
    }
}

#[test]
fn the_day_list_holds_what_is_mine_the_grids_or_offered_to_me_and_due() {
    let (store, _folder) = phone_of(id(CAI));
    let mut server = Server::new();
    server.put(id(32), Appointment { grid: Some(id(50)), ..Appointment::new(id(CAI), id(3), Role::GridWorker) });
    let tasks = [
        (1, task(0, Some(CAI), None, TaskState::Accepted)),
        (2, task(-3, None, None, TaskState::Open)),
        (3, task(-1, Some(BO), Some(CAI), TaskState::HandedOver)),
        (4, task(-2, Some(BO), None, TaskState::Open)),
        (5, task(-2, Some(CAI), None, TaskState::Done)),
        (6, task(1, Some(CAI), None, TaskState::Open)),
    ];
    for (n, task) in tasks {
        server.put(id(100 + n), task);
    }
    server.pull(&store);
    let list = store.day_list(id(CAI), &[id(50)], moment(0), 50).expect("lists");
    assert_eq!(list.iter().map(|found| found.id).collect::<Vec<_>>(), [id(102), id(103), id(101)], "what is late first");
    assert_eq!(store.day_list(id(CAI), &[id(50)], moment(0), 1).expect("lists").len(), 1);
    assert!(store.day_list(id(ANNA), &[], moment(9), 50).expect("lists").is_empty());
}

fn publish_notice(store: &Store, n: u8, effective: i64, until: Option<i64>) {
    let draft = notice::Draft {
        org: id(4),
        title: format!("notice {n}"),
        text: "见附件".into(),
        files: vec![],
        effective: moment(effective),
        until: until.map(moment),
        audience: vec![],
        wants_receipt: true,
        replaces: None,
    };
    store.act(Key::new(Kind::Notice, id(n)), Action::Notice(notice::Action::Publish(draft))).expect("publishes");
}

#[test]
fn unread_notices_come_first_and_only_those_that_hold() {
    let (store, _server, _folder) = in_step();
    publish_notice(&store, 60, -3, None);
    publish_notice(&store, 61, -2, None);
    publish_notice(&store, 62, -1, None);
    publish_notice(&store, 63, -4, Some(-1));
    publish_notice(&store, 64, 2, None);
    let receipt = Key::new(Kind::Receipt, notice::Receipt::id(id(62), id(ANNA)));
    store.act(receipt, Action::Notice(notice::Action::Read { notice: id(62) })).expect("reads");
    let lines = store.notices(id(ANNA), moment(0), None, 50).expect("lists");
    let seen: Vec<(Id, bool)> = lines.iter().map(|line| (line.notice.id, line.receipt.is_some())).collect();
    assert_eq!(seen, [(id(61), false), (id(60), false), (id(62), true)]);
    assert!(lines[0].notice.pending);
}

#[test]
fn studies_show_how_far_one_has_come_and_reviews_when_they_are_due() {
    let (store, _server, _folder) = in_step();
    let section = |title: &str| study::Section { title: title.into(), text: "内容".into() };
    for (n, until) in [(60, None), (61, Some(5)), (62, Some(2))] {
        let draft = study::Draft {
            org: id(4),
            title: "消防".into(),
            summary: String::new(),
            sections: vec![section("一")],
            items: vec![study::Item { prompt: "报警电话？".into(), answer: "119".into() }],
            minutes: 5,
            from: moment(-1),
            until: until.map(moment),
        };
        store.act(Key::new(Kind::Study, id(n)), Action::Study(study::Action::Publish(draft))).expect("publishes");
    }
    let learning = Key::new(Kind::Learning, study::Learning::id(id(62), id(ANNA)));
    store.act(learning, Action::Study(study::Action::ReadSection { study: id(62), section: 0 })).expect("reads");
    let lines = store.studies(id(ANNA), moment(0), 50).expect("lists");
    let seen: Vec<_> = lines.iter().map(|line| (line.study.id, line.learning.is_some())).collect();
    assert_eq!(seen, [(id(61), false), (id(60), false), (id(62), true)], "the soonest of the unfinished first");
    let review = Key::new(Kind::Review, study::Review::id(id(62), id(ANNA), 0));
    let rate = study::Action::Rate { study: id(62), item: 0, rating: study::Rating::Good };
    store.act(review, Action::Study(rate)).expect("rates");
    assert!(store.reviews_due(id(ANNA), moment(0), 50).expect("lists").is_empty());
    assert_eq!(store.reviews_due(id(ANNA), moment(300), 50).expect("lists").len(), 1);
}

#[test]
fn a_paper_shows_the_last_attempt_at_it() {
    let (store, _server, _folder) = in_step();
    let draft = quiz::Draft {
        org: id(4),
        title: "防诈骗".into(),
        questions: vec![Question { text: "对吗？".into(), kind: QuestionKind::TrueFalse, points: 1 }],
        answers: vec![Right { answer: Solution::Truth(true), explanation: String::new() }],
        minutes: None,
        opens: moment(-1),
        closes: Some(moment(1)),
        attempts_max: 0,
        pass_percent: 60,
        mode: Mode::Practice,
    };
    store.act(Key::new(Kind::Paper, id(60)), Action::Quiz(quiz::Action::Publish(draft))).expect("publishes");
    let papers = |day| store.papers(id(ANNA), moment(day), 50).expect("lists");
    assert!(papers(0)[0].attempt.is_none());
    assert!(papers(2).is_empty(), "closed, and never taken");
    for number in 1..=2 {
        let attempt = Key::new(Kind::Attempt, quiz::Attempt::id(id(60), id(ANNA), number));
        store.act(attempt, Action::Quiz(quiz::Action::Start { paper: id(60), number })).expect("starts");
        let finish = quiz::Action::Finish { answers: vec![Some(quiz::Answer::Truth(true))] };
        store.act(attempt, Action::Quiz(finish)).expect("hands in");
    }
    assert_eq!(papers(0)[0].attempt.as_ref().map(|attempt| attempt.body.number), Some(2));
    assert_eq!(papers(2).len(), 1, "what was taken stays to be looked at");
}

#[test]
fn activities_their_attendance_and_logs_are_listed() {
    let (store, _server, _folder) = in_step();
    let planned = Key::new(Kind::Activity, id(60));
    store.act(planned, plan("讲座")).expect("plans");
    store.act(planned, Action::Activity(activity::Action::OpenCheckIn)).expect("opens");
    let check_in = Key::new(Kind::CheckIn, activity::CheckIn::id(id(60), id(CAI)));
    let enter = activity::Action::CheckInFor { activity: id(60), member: id(CAI) };
    store.act(check_in, Action::Activity(enter)).expect("enters");
    let attendance = store.attendance(id(60)).expect("lists");
    assert_eq!(attendance[0].name.as_deref(), Some("member 12"));
    assert_eq!(store.present(id(60)).expect("counts"), 1);
    let between = |from, to| store.activities_between(&[id(4)], moment(from), moment(to), 9).expect("lists").len();
    assert_eq!((between(0, 1), between(-1, 0), between(1, 9)), (1, 0, 0), "from the first moment, without the last");
    let save = activity::Action::SaveDraft { org: id(4), content: crate::testing::content("记") };
    store.act(Key::new(Kind::Log, id(70)), Action::Activity(save)).expect("drafts");
    assert_eq!(store.my_logs(id(ANNA), None, 9).expect("lists").len(), 1);
    assert_eq!(store.logs(id(4), activity::LogState::Draft, 9).expect("lists").len(), 1);
    assert!(store.logs(id(4), activity::LogState::Submitted, 9).expect("lists").is_empty());
}

#[test]
fn members_are_paged_by_name_and_orgs_lead_up() {
    let (store, _server, _folder) = in_step();
    let first = store.members(id(4), None, 1).expect("lists");
    assert_eq!(first[0].body.name, "member 10");
    let second = store.members(id(4), Some(first[0].id), 9).expect("lists");
    assert_eq!(second.iter().map(|found| found.id).collect::<Vec<_>>(), [id(CAI)]);
    let path: Vec<_> = store.org_path(id(4)).expect("lists").into_iter().map(|found| found.id).collect();
    assert_eq!(path, [id(4), id(3), id(2), id(1)]);
    assert_eq!(store.orgs_below(id(3), 9).expect("lists").len(), 1);
    assert_eq!(store.appointments_of(id(ANNA)).expect("lists").len(), 1);
}
