//! What phones keep for and about their holders.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use haitang_app::clock::{Clock, SystemClock};
use haitang_app::domain::activity::{ActivityKind, Plan};
use haitang_app::domain::attachment::Sha256;
use haitang_app::domain::directory::{Consent, ConsentPurpose, Look};
use haitang_app::domain::notice;
use haitang_app::domain::quiz::{Answer, Draft, Mode, Question, QuestionKind, Right, Solution};
use haitang_app::domain::task::{NewTask, TaskKind};
use haitang_app::domain::time::{HOUR_MS, MINUTE_MS};
use haitang_app::domain::{Code, Id, Timestamp, Zone};
use haitang_app::{AppError, Phone};
use haitang_e2e::handset::KEY;
use haitang_e2e::town::{self, ANNA, BO, BRANCH, CAI, DENG, GRID, id};
use haitang_e2e::{Handset, Site};

/// A real clock that can be put forward.
#[derive(Clone, Default)]
struct Forward(Arc<AtomicU64>);

impl Clock for Forward {
    fn wall(&self) -> Timestamp {
        SystemClock::default().wall().plus_millis(self.0.load(Ordering::SeqCst).cast_signed())
    }

    fn mono_ms(&self) -> u64 {
        SystemClock::default().mono_ms() + self.0.load(Ordering::SeqCst)
    }

    fn boot(&self) -> Id {
        SystemClock::default().boot()
    }
}

fn code<T: std::fmt::Debug>(result: Result<T, AppError>) -> Code {
    match result {
        Err(AppError::Refused(refusal)) => refusal.code,
        other => panic!("not refused: {other:?}"),
    }
}

fn paper(site: &Site, attempts_max: u8) -> Draft {
    Draft {
        org: id(BRANCH),
        title: "限时练习".into(),
        questions: vec![Question { text: "油锅起火先浇水".into(), points: 5, kind: QuestionKind::TrueFalse }],
        answers: vec![Right { answer: Solution::Truth(false), explanation: String::new() }],
        minutes: Some(10),
        opens: site.now(),
        closes: Some(site.now().plus_millis(3 * HOUR_MS)),
        attempts_max,
        pass_percent: 60,
        mode: Mode::Practice,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_attempt_is_gone_on_with_until_its_time_is_out_and_then_the_next_begins() {
    let site = Site::start().await;
    let anna = site.phone(ANNA).await;
    let paper = anna.phone.publish_paper(paper(&site, 2)).expect("publishes");
    anna.sync_well().await;
    let (folder, forward) = (tempfile::tempdir().expect("a folder"), Forward::default());
    let bo = Phone::open(folder.path(), KEY, Box::new(forward.clone())).expect("opens");
    let enrol_code = site.code(BO).await;
    bo.enrol(&anna.phone.identity().expect("is enrolled").server, &enrol_code, "test").await.expect("enrols");
    bo.sync().await.expect("syncs");
    let line = || bo.papers().expect("lists").into_iter().find(|line| line.id == paper).expect("is listed");
    assert!(line().may_start && line().open_attempt.is_none() && line().last_attempt.is_none());

    let first = bo.start_attempt(paper).expect("starts");
    bo.answer_question(first, 0, Some(Answer::Truth(true))).expect("answers");
    forward.0.store(4 * 60_000, Ordering::SeqCst);
    let page = bo.attempt(first).expect("opens");
    assert_eq!((page.number, page.answers.as_slice(), page.finished), (1, [Some(Answer::Truth(true))].as_slice(), false));
    assert_eq!(page.ends, Some(page.started.plus_millis(10 * MINUTE_MS)));
    let left = page.remaining_ms.expect("is timed");
    assert!((5 * MINUTE_MS..=6 * MINUTE_MS).contains(&left), "{left}");
    assert_eq!(page.paper.questions.len(), 1);
    assert_eq!(line().open_attempt, Some(first));
    assert_eq!(bo.start_attempt(paper).expect("goes on"), first);
    let ends = |until: i64| {
        let all = bo.deadlines(bo.now().plus_millis(until)).expect("lists");
        all.into_iter().find(|deadline| deadline.id == paper).map(|deadline| deadline.at)
    };
    assert_eq!(ends(HOUR_MS), page.ends, "the attempt ends before the paper");

    // Within the grace it is still the one; after it nothing is taken, and the next begins.
    forward.0.store(12 * 60_000, Ordering::SeqCst);
    assert_eq!(bo.attempt(first).expect("opens").remaining_ms, Some(0));
    assert_eq!(line().open_attempt, Some(first));
    forward.0.store(16 * 60_000, Ordering::SeqCst);
    assert_eq!(code(bo.finish_attempt(first, vec![])), Code::TooLate);
    assert_eq!(line().open_attempt, None);
    assert!(line().may_start);
    assert_eq!(ends(4 * HOUR_MS), line().closes, "what is left is the paper's own");
    let second = bo.start_attempt(paper).expect("starts");
    assert_ne!(second, first);
    bo.finish_attempt(second, vec![Some(Answer::Truth(false))]).expect("hands in");
    assert!(bo.attempt(second).expect("opens").finished);
    let line = line();
    assert_eq!((line.open_attempt, line.last_attempt, line.may_start), (None, Some(second), false));
    assert_eq!(ends(4 * HOUR_MS), None, "nothing is left to be done");
    assert_eq!(code(bo.start_attempt(paper)), Code::NoAttemptsLeft);
    assert_eq!(bo.attempt(first).expect("opens").answers, [Some(Answer::Truth(true))], "what was kept stays");
    bo.sync().await.expect("syncs");
    assert!(bo.refused().expect("lists").is_empty(), "the server says the same");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_read_back_here_and_by_whoever_may_read_what_names_it() {
    let site = Site::start().await;
    let (anna, bo, deng) = (site.phone(ANNA).await, site.phone(BO).await, site.phone(DENG).await);
    let bytes = b"a photo of the meeting".repeat(1_000);
    let file = anna.phone.attach_bytes(bytes.clone(), "image/jpeg", "a.jpg").expect("takes");
    assert_eq!(anna.phone.file_bytes(file.sha256).expect("reads"), Some(bytes.clone()));
    let mut content = town::log("支部党员大会", site.now());
    content.files = vec![file.clone()];
    anna.phone.submit_log(None, None, content).expect("submits");
    anna.sync_well().await;
    bo.sync_well().await;
    deng.sync_well().await;
    assert_eq!(bo.phone.file_bytes(file.sha256).expect("reads"), None, "not on this phone");
    assert_eq!(bo.phone.fetch_file(file.sha256).await.expect("fetches"), bytes);
    assert_eq!(bo.phone.my_data().expect("looks").files, 0, "and is not kept");
    let not_found = |result: Result<Vec<u8>, AppError>| assert_eq!(result.expect_err("is not to be had").code(), "not_found");
    not_found(deng.phone.fetch_file(file.sha256).await);
    not_found(bo.phone.fetch_file(Sha256([9; 32])).await);

    // Without it here, the phone that sent it gets it back.
    let kept = anna.files().into_iter().find(|path| path.ends_with(file.sha256.to_string())).expect("is kept");
    std::fs::write(&kept, b"damaged").expect("damages");
    assert_eq!(anna.phone.file_bytes(file.sha256).expect("reads"), None);
    assert_eq!(anna.phone.fetch_file(file.sha256).await.expect("fetches"), bytes);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_to_be_done_is_told_the_soonest_first() {
    let site = Site::start().await;
    let (anna, cai, bo) = (site.phone(ANNA).await, site.phone(CAI).await, site.phone(BO).await);
    let at = |hours: i64| site.now().plus_millis(hours * HOUR_MS);
    let plan = |hours: i64, expected: &[u8]| Plan {
        org: id(BRANCH),
        template: None,
        kind: ActivityKind::Lecture,
        title: "党课".into(),
        place: "活动室".into(),
        starts: at(hours),
        ends: at(hours + 1),
        host: id(ANNA),
        expected: expected.iter().copied().map(id).collect(),
    };
    let lecture = anna.phone.plan_activity(plan(3, &[])).expect("plans");
    let not_hers = anna.phone.plan_activity(plan(4, &[BO])).expect("plans");
    anna.phone.plan_activity(plan(90, &[])).expect("plans");
    let called_off = anna.phone.plan_activity(plan(5, &[])).expect("plans");
    anna.phone.cancel_activity(called_off, "台风").expect("cancels");
    let notice = notice::Draft {
        org: id(BRANCH),
        title: "请确认".into(),
        text: "台风".into(),
        files: vec![],
        effective: site.now(),
        until: Some(at(2)),
        audience: vec![],
        wants_receipt: true,
        replaces: None,
    };
    let notice = anna.phone.publish_notice(notice).expect("publishes");
    anna.sync_well().await;
    cai.sync_well().await;
    bo.sync_well().await;
    let new = |assignee, hours| NewTask {
        grid: id(GRID),
        kind: TaskKind::Errand,
        title: "送通知".into(),
        place: "三单元".into(),
        household: None,
        assignee,
        from: site.now(),
        due: at(hours),
        note: String::new(),
    };
    let mine = cai.phone.assign_task(new(Some(id(CAI)), 1)).expect("assigns");
    cai.phone.assign_task(new(None, 1)).expect("assigns");
    let seen = |handset: &Handset| -> Vec<(&'static str, Id)> {
        let all = handset.phone.deadlines(at(24)).expect("lists");
        assert!(all.is_sorted_by_key(|deadline| deadline.at));
        all.into_iter().map(|deadline| (deadline.kind, deadline.id)).collect()
    };
    assert_eq!(seen(&cai), [("task", mine), ("notice", notice), ("activity", lecture)]);
    assert_eq!(seen(&bo), [("notice", notice), ("activity", lecture), ("activity", not_hers)]);
    cai.phone.confirm_notice(notice).expect("confirms");
    assert_eq!(seen(&cai), [("task", mine), ("activity", lecture)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_holder_sees_who_looked_and_has_all_that_is_about_them() {
    let site = Site::start().await;
    let (anna, bo, deng) = (site.phone(ANNA).await, site.phone(BO).await, site.phone(DENG).await);
    anna.phone.note_look(id(BO), "核对电话").expect("notes");
    let waiting = anna.outbox().waiting;
    anna.phone.note_look(id(BO), " 核对电话 ").expect("is no fault");
    anna.phone.note_look(id(ANNA), "自己").expect("is no fault");
    assert_eq!(anna.outbox().waiting, waiting, "once a day, and never of oneself");
    anna.phone.note_look(id(BO), "换届").expect("notes");
    anna.sync_well().await;
    assert!(code(deng.phone.note_look(id(BO), "好奇")) == Code::Missing, "who cannot see the page has not looked");

    assert_eq!(code(bo.phone.withdraw_consent(ConsentPurpose::Voice)), Code::Missing);
    bo.phone.give_consent(ConsentPurpose::Location).expect("gives");
    bo.phone.give_consent(ConsentPurpose::Photos).expect("gives");
    bo.phone.withdraw_consent(ConsentPurpose::Photos).expect("withdraws");
    bo.phone.save_draft("log/new", "写到一半").expect("keeps");
    bo.sync_well().await;
    let data = bo.phone.my_data().expect("looks");
    let looks: Vec<_> = data.looks.iter().map(|look| (look.by, look.by_name.as_str(), look.purpose.as_str())).collect();
    assert_eq!(looks, [(id(ANNA), "安娜", "核对电话"), (id(ANNA), "安娜", "换届")]);
    assert!(data.bytes > 50_000 && data.drafts == 1 && data.last_sync.is_some(), "{data:?}");
    assert!(data.counts.iter().any(|count| count.kind == "look" && count.count == 1), "{data:?}");
    let stands: Vec<_> = data.consents.iter().map(|consent| (consent.purpose, consent.withdrawn.is_none())).collect();
    assert_eq!(stands, [(ConsentPurpose::Location, true), (ConsentPurpose::Photos, false)]);

    let export: serde_json::Value = serde_json::from_str(&bo.phone.export_my_data().expect("exports")).expect("is JSON");
    let records = export["records"].as_array().expect("is a list");
    let about = |kind: &str| records.iter().filter(|record| record["kind"] == kind).collect::<Vec<_>>();
    assert_eq!((about("member").len(), about("look").len(), about("consent").len()), (1, 1, 2));
    assert_eq!(about("member")[0]["body"]["name"], "薄海");
    assert_eq!(export["drafts"][0]["text"], "写到一半");

    // The server has the same, and shows a consent to nobody else.
    bo.check_settled();
    site.check_same(&bo);
    site.check_same(&anna);
    let consent = Consent::id(id(BO), ConsentPurpose::Location);
    anna.sync_well().await;
    assert!(anna.store().read::<Consent>(consent).expect("reads").is_none() && site.read::<Consent>(consent).is_some());
    assert!(site.read::<Look>(Look::id(id(BO), id(ANNA), Zone::CHINA.date(site.now()))).is_some());
}
