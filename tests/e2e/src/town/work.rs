//! More to do in the town than anyone gets done: what is worked on while processes are killed.

use haitang_app::domain::activity::{Activity, ActivityKind, ActivityState};
use haitang_app::domain::notice::{Notice, NoticeState};
use haitang_app::domain::quiz::{AnswerKey, Mode, Paper, PaperState, Question, QuestionKind, Right, Solution};
use haitang_app::domain::study::{Section, Study, StudyState};
use haitang_app::domain::time::{DAY_MS, HOUR_MS};
use haitang_app::domain::{Id, Timestamp, Write, Zone};

use super::{ANNA, BRANCH, FAN, id, task};

/// Activities with an open check-in, and tasks in the grid.
pub const PLENTY: u8 = 200;
/// Sections of the study.
pub const SECTIONS: u8 = 200;

/// The id of a thing of which there are many.
fn numbered(sort: u8, n: u16) -> Id {
    let mut bytes = [0; 16];
    bytes[0] = sort;
    bytes[14..].copy_from_slice(&n.to_be_bytes());
    Id::from_bytes(bytes)
}

/// Activity `n` of the branch, held by Anna.
pub fn activity(n: u8) -> Id {
    numbered(2, n.into())
}

/// Task `n` of the grid.
pub fn errand(n: u8) -> Id {
    numbered(3, n.into())
}

/// The study.
pub fn study() -> Id {
    numbered(4, 1)
}

/// The paper, which may be taken as often as one likes.
pub fn paper() -> Id {
    numbered(5, 1)
}

/// Activities, tasks, a study and a paper.
pub fn records(now: Timestamp) -> Vec<Write> {
    let (from, author, org) = (now.plus_millis(-DAY_MS), id(FAN), id(BRANCH));
    let section = |n: u8| Section { title: format!("第{n}节"), text: "遇火情先报警，再疏散。".repeat(3) };
    let study_record = Study {
        org,
        title: "消防安全".into(),
        summary: String::new(),
        sections: (0..SECTIONS).map(section).collect(),
        items: vec![],
        minutes: 30,
        from,
        until: None,
        author,
        state: StudyState::Published,
        withdrawn_reason: String::new(),
    };
    let paper_record = Paper {
        org,
        title: "消防练习".into(),
        questions: vec![Question { text: "油锅起火先浇水".into(), points: 5, kind: QuestionKind::TrueFalse }],
        minutes: None,
        opens: from,
        closes: None,
        attempts_max: 0,
        pass_percent: 60,
        mode: Mode::Practice,
        author,
        state: PaperState::Open,
        withdrawn_reason: String::new(),
    };
    let right = Right { answer: Solution::Truth(false), explanation: "先盖锅盖".into() };
    let key = AnswerKey { paper: paper(), org, answers: vec![right], released: true };
    let held = |n: u8| Activity {
        org,
        template: None,
        kind: ActivityKind::Lecture,
        title: format!("第{n}场党课"),
        place: "活动室".into(),
        starts: now.plus_millis(-HOUR_MS),
        ends: now.plus_millis(HOUR_MS),
        zone: Zone::CHINA,
        host: id(ANNA),
        author: id(ANNA),
        expected: [].into(),
        check_in_open: true,
        state: ActivityState::Planned,
        reason: String::new(),
    };
    let mut records =
        vec![Write::new(study(), study_record), Write::new(paper(), paper_record), Write::new(AnswerKey::id(paper()), key)];
    records.extend((0..PLENTY).map(|n| Write::new(activity(n), held(n))));
    records.extend((0..PLENTY).map(|n| Write::new(errand(n), task(n, now))));
    records
}

/// Text that does not compress to nothing, so that there are bytes to be cut.
fn noise(n: u64) -> String {
    let word = |i: u64| (n + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15 ^ (i << 17));
    (0..40).map(word).fold(String::new(), |text, word| text + &format!("{word:x}"))
}

/// So many notices that a first sync takes several pages.
pub fn notices(count: u16, now: Timestamp) -> Vec<Write> {
    let notice = |n: u16| {
        let notice = Notice {
            org: id(BRANCH),
            title: format!("通知第{n}号"),
            text: noise(u64::from(n)),
            files: vec![],
            effective: now,
            until: None,
            audience: vec![],
            wants_receipt: false,
            replaces: None,
            replaced_by: None,
            published: now,
            author: id(FAN),
            state: NoticeState::Published,
            withdrawn_reason: String::new(),
        };
        Write::new(numbered(7, n), notice)
    };
    (0..count).map(notice).collect()
}
