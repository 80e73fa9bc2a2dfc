//! A phone for the Android shell to be measured on, and what its screens cost without the shell.
//!
//!     haitang-bench make-phone FOLDER   makes it, with the town of the other figures on it and something for every screen
//!     haitang-bench ask-phone FOLDER    prints what each screen's one call takes inside Rust: `screen milliseconds`, tab-separated

use std::hint::black_box;
use std::path::Path;
use std::process::ExitCode;

use haitang_app::task::TaskOrder;
use haitang_domain::notice::{Notice, NoticeState};
use haitang_domain::quiz::{Mode, Paper, PaperState, Question, QuestionKind};
use haitang_domain::study::{Item, Section, Study, StudyState};
use haitang_domain::task::Household;
use haitang_domain::time::DAY_MS;
use haitang_domain::{Timestamp, Write};

use crate::city::{Cast, Maker};
use crate::figure::upload;
use crate::report::{median, timed};
use crate::stage::{self, RECORDS, Stage, open_phone};

/// The argument that makes a phone in an empty folder.
pub const MAKE: &str = "make-phone";
/// The argument that asks the phone in a folder.
pub const ASK: &str = "ask-phone";

/// As many of each as fill a first page and some of the second.
const EACH: usize = 60;
/// Reports that wait to be sent: as many as the outbox shows.
const WAITING: usize = 200;
/// Bytes; more than what any screen returns.
const LARGE: usize = 16 << 20;
/// As many before, and as many measured, as the shell does.
const RUNS: usize = 200;

/// Makes a phone in `folder`: enrolled, synced, all of it indexed for search, and with work that is not sent yet.
pub fn make(folder: &Path) -> ExitCode {
    let stage = Stage::new();
    let town = stage.found_with(RECORDS, others);
    let phone = open_phone(folder);
    let code = stage.code(&town);
    stage.run(phone.enrol(&town.running.url(), &code, "bench")).expect("enrols");
    stage.run(stage::sync(&phone));
    phone.catch_up_search().expect("indexes");
    drop(phone);
    // Not those that are due today: these are what the first screen shows.
    upload::work(folder, &town.tasks[town.tasks.len() - WAITING..]);
    ExitCode::SUCCESS
}

/// Prints the median time of each screen's call.
pub fn ask(folder: &Path) -> ExitCode {
    // Whoever has let go of a large block keeps more of what is let go later, with some allocators; a shell's process long has.
    drop(black_box(vec![1_u8; LARGE]));
    let phone = open_phone(folder);
    let first = phone.tasks(TaskOrder::Due, None).expect("lists");
    let last = first.last().map(|task| task.id);
    print("home", || phone.home().expect("opens").tasks.len(), 5);
    print("tasks", || phone.tasks(TaskOrder::Due, None).expect("lists").len(), 50);
    print("tasks_next", || phone.tasks(TaskOrder::Due, last).expect("lists").len(), 50);
    print("activities", || phone.activities(None).expect("lists").len(), 50);
    print("households", || phone.households(None, None).expect("lists").len(), 50);
    print("notices", || phone.notices(None).expect("lists").len(), 50);
    print("studies", || phone.studies().expect("lists").len(), 50);
    print("papers", || phone.papers().expect("lists").len(), 50);
    print("outbox", || phone.waiting().expect("lists").len(), WAITING);
    ExitCode::SUCCESS
}

fn print(screen: &str, mut lines: impl FnMut() -> usize, wanted: usize) {
    assert_eq!((0..RUNS).map(|_| lines()).max(), Some(wanted), "{screen}");
    let took = median((0..RUNS).map(|_| timed(|| black_box(lines())).0).collect());
    println!("{screen}\t{:.3}", took.as_secs_f64() * 1e3);
}

/// What the other figures' town has none of.
fn others(maker: &mut Maker, cast: &Cast) -> Vec<Write> {
    let mut all = vec![];
    for number in 0..EACH {
        all.push(Write::new(maker.id(), household(cast, number)));
        all.push(Write::new(maker.id(), notice(cast, number)));
        all.push(Write::new(maker.id(), study(cast, number)));
        all.push(Write::new(maker.id(), paper(cast, number)));
    }
    all
}

fn yesterday() -> Timestamp {
    stage::now().plus_millis(-DAY_MS)
}

fn household(cast: &Cast, number: usize) -> Household {
    Household {
        org: cast.branch,
        grid: cast.grid,
        address: "平江路18号".into(),
        building: format!("{}幢", 1 + number / 10),
        unit: "2单元".into(),
        door: format!("{}室", 101 + number % 10),
        contact: Some("王秀英 0512-65550000".into()),
        people: 3,
        alone: false,
        care: None,
        consent: None,
        last_contact: Some(yesterday()),
    }
}

fn notice(cast: &Cast, number: usize) -> Notice {
    Notice {
        org: cast.branch,
        title: format!("关于第{number}期停水检修的通知"),
        text: "因管道检修，本周三上午九时至下午三时停水，请提前储水，并转告家中老人。".repeat(3),
        files: vec![],
        effective: yesterday(),
        until: None,
        audience: vec![],
        wants_receipt: number.is_multiple_of(2),
        replaces: None,
        replaced_by: None,
        published: yesterday(),
        author: cast.worker,
        state: NoticeState::Published,
        withdrawn_reason: String::new(),
    }
}

fn study(cast: &Cast, number: usize) -> Study {
    let section = |title: &str| Section {
        title: title.into(),
        text: "楼道不停放电动车，不飞线充电；发现一处，劝导一处。".repeat(20),
    };
    Study {
        org: cast.branch,
        title: format!("消防安全第{number}课"),
        summary: "楼道里的消防安全".into(),
        sections: ["为什么", "看什么", "怎么说"].map(section).into(),
        items: vec![Item { prompt: "灭火器多久检查一次？".into(), answer: "每月一次".into() }],
        minutes: 10,
        from: yesterday(),
        until: None,
        author: cast.worker,
        state: StudyState::Published,
        withdrawn_reason: String::new(),
    }
}

fn paper(cast: &Cast, number: usize) -> Paper {
    let options = ["每月", "每季", "每年", "从不"].map(String::from);
    let question = |_| Question {
        text: "楼道里的灭火器多久检查一次？".into(),
        points: 5,
        kind: QuestionKind::Single { options: options.clone().into() },
    };
    Paper {
        org: cast.branch,
        title: format!("消防安全第{number}测"),
        questions: (0..20).map(question).collect(),
        minutes: Some(20),
        opens: yesterday(),
        closes: None,
        attempts_max: 0,
        pass_percent: 60,
        mode: Mode::Practice,
        author: cast.worker,
        state: PaperState::Open,
        withdrawn_reason: String::new(),
    }
}
