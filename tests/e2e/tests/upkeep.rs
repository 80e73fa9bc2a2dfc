//! What phones do by themselves.

use chrono::NaiveTime;
use haitang_app::domain::quiz::{Answer, Draft, Mode, Question, QuestionKind, Right, Solution};
use haitang_app::domain::task::{Every, NewRoutine, Routine, Task, TaskKind};
use haitang_app::domain::{Id, Zone};
use haitang_e2e::town::{ANNA, BO, BRANCH, CAI, DENG, GRID, id};
use haitang_e2e::{Handset, Site};

fn occurrence(handset: &Handset, routine: Id, number: u32) -> Option<Task> {
    handset.store().read(Routine::task_id(routine, number)).expect("reads")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_repeats_is_carried_on_by_whoever_opens_the_days_list_first() {
    let site = Site::start().await;
    let (cai, deng) = (site.phone(CAI).await, site.phone(DENG).await);
    let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("a time");
    let routine = NewRoutine {
        grid: id(GRID),
        kind: TaskKind::Patrol,
        title: "每日巡查".into(),
        place: "东门".into(),
        household: None,
        assignee: None,
        note: String::new(),
        every: Every::Days(1),
        working_days_only: false,
        first: Zone::CHINA.date(site.now()),
        until: None,
        opens: at(9),
        closes: at(11),
        ahead: 1,
    };
    let routine = cai.phone.plan_routine(routine).expect("plans");
    assert!(occurrence(&cai, routine, 0).is_some() && occurrence(&cai, routine, 1).is_none());
    let today = cai.phone.today().expect("lists");
    assert!(today.iter().any(|task| task.title == "每日巡查"));
    assert!(occurrence(&cai, routine, 1).is_some(), "tomorrow's is made on the phone itself");
    let waiting = cai.outbox().waiting;
    cai.phone.today().expect("lists");
    assert_eq!(cai.outbox().waiting, waiting, "and only once");
    cai.sync_well().await;
    deng.sync_well().await;
    deng.phone.today().expect("lists");
    deng.check_settled();
    assert!(occurrence(&deng, routine, 1).is_some());
    site.check_same(&deng);
    site.check_same(&cai);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contest_is_marked_once_its_answers_are_out() {
    let site = Site::start().await;
    let (anna, bo) = (site.phone(ANNA).await, site.phone(BO).await);
    let contest = Draft {
        org: id(BRANCH),
        title: "消防知识竞赛".into(),
        questions: vec![Question { text: "油锅起火先浇水".into(), points: 5, kind: QuestionKind::TrueFalse }],
        answers: vec![Right { answer: Solution::Truth(false), explanation: "先盖锅盖".into() }],
        minutes: None,
        opens: site.now(),
        closes: Some(site.now().plus_millis(3_600_000)),
        attempts_max: 1,
        pass_percent: 60,
        mode: Mode::Contest,
    };
    let paper = anna.phone.publish_paper(contest).expect("publishes");
    anna.sync_well().await;
    bo.sync_well().await;
    let attempt = bo.phone.start_attempt(paper).expect("starts");
    bo.phone.finish_attempt(attempt, vec![Some(Answer::Truth(false))]).expect("hands in");
    bo.sync_well().await;
    let before = bo.phone.attempt_result(attempt).expect("is there");
    assert!(before.questions[0].right.is_none(), "nobody knows yet");
    anna.phone.close_paper(paper).expect("closes");
    anna.sync_well().await;
    // One sync brings the answers, marks with them and sends that.
    bo.sync_well().await;
    let after = bo.phone.attempt_result(attempt).expect("is there");
    assert_eq!((after.points, after.passed), (Some(5.0), Some(true)));
    assert_eq!(after.questions[0].right, Some(Solution::Truth(false)));
    bo.check_settled();
    site.check_same(&bo);
}
