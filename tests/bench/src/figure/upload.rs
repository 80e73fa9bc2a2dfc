//! Sending what was done offline.

use std::time::{Duration, Instant};

use haitang_app::clock::{self, Clock as _, SystemClock};
use haitang_app::{Phone, Status};
use haitang_domain::task::{Action, NewReport};
use haitang_domain::{Command, Id, IdMaker, Key, Kind};
use haitang_store::{Store, Undertaking};

use crate::floor;
use crate::report::{Measured, timed};
use crate::stage::{self, ACTIVITIES, KEY, Stage};

const COMMANDS: usize = 10_000;
/// Rows of the floor in one transaction.
const BATCH: usize = 500;

/// Ten thousand reports, made offline on as many tasks, sent in one sync until the phone has stored the server's word for each. The
/// same sync then takes the records back, which is told as a detail. Floor: the rows that the server wrote for them, put into the same tables with the same indices and settings, so
/// many records at a time.
pub fn measure(stage: &Stage) -> Measured {
    // A ninth of the town are no tasks.
    let town = stage.found(COMMANDS + COMMANDS / 9 + 2 * ACTIVITIES);
    let (phone, folder) = stage.new_phone(&town);
    stage.run(stage::sync(&phone));
    let server = floor::open(&town.database(), None);
    let version: i64 = server.query_row("SELECT max(version) FROM record", [], |row| row.get(0)).expect("a version");
    work(&folder, &town.tasks[..COMMANDS]);
    let (whole, took) = timed(|| stage.run(async { tokio::join!(sent(&phone), stage::sync(&phone)).0 }));
    eprintln!("# upload_10k: {} ms with taking the records back", whole.as_millis());
    assert_eq!(phone.watch().borrow().unsent, 0);
    let refused: i64 =
        server.query_row("SELECT count(*) FROM log WHERE refusal IS NOT NULL", [], |row| row.get(0)).expect("counts");
    assert_eq!(refused, 0);
    let written = ["record", "entry"].map(|table| format!("{table} WHERE version > {version}"));
    let tables = [written[0].as_str(), &written[1], "log", "chain", "feed", "shard"];
    let floor = floor::reinsert(&town.database(), None, &tables, BATCH);
    Measured::ms(took, floor)
}

/// How long it takes until everything is sent and the answers are stored.
async fn sent(phone: &Phone) -> Duration {
    let start = Instant::now();
    let mut status = phone.watch();
    for phase in [|status| matches!(status, Status::Sending), |status| !matches!(status, Status::Sending)] {
        status.wait_for(|now| phase(now.status)).await.expect("the phone is there");
    }
    start.elapsed()
}

/// Reports on each task, all in one transaction of the phone.
pub fn work(folder: &std::path::Path, tasks: &[Id]) {
    let store = Store::open(stage::database(folder), KEY).expect("opens");
    let clock = SystemClock::default();
    let token = store.time_token().expect("reads");
    let mut ids = IdMaker::new([7; 8]);
    let undertaking = |task: &Id| {
        let times = clock::times(&clock, token.as_ref());
        let report = NewReport { note: "一切正常".into(), ..NewReport::empty(ids.next(clock.wall())) };
        let command =
            Command { target: Key::new(Kind::Task, *task), action: haitang_domain::Action::Task(Action::Report(report)) };
        Undertaking { command, made: clock::made(&times), times }
    };
    let all: Vec<Undertaking> = tasks.iter().map(undertaking).collect();
    store.perform_many(&all).expect("performs");
}
