//! Phone and server as real processes, killed at any instant: nothing acknowledged is lost, nothing is applied twice.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use haitang_app::domain::activity::Log;
use haitang_app::domain::record::Typed as _;
use haitang_app::domain::{Id, Key, Kind};
use haitang_e2e::program::{PhoneProgram, ServerProcess};
use haitang_e2e::{Site, town};
use haitang_protocol::Envelope;
use haitang_server::admin::verify::verify_log;
use haitang_server::storage::{SqliteStorage, Storage};

/// Numbers that are the same in each run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn ms(&mut self, most: u64) -> Duration {
        Duration::from_millis(self.below(most))
    }
}

/// The town's data in a folder, a one-time code for Bo, and no server running.
async fn town_in(folder: &Path) -> String {
    let site = Site::start_in(folder).await;
    let code = site.code(town::BO).await;
    site.running.stop().await.expect("stops");
    code
}

fn draft(phone: &PhoneProgram, title: &str, after: Option<Duration>) -> Option<Id> {
    let arguments = ["log", "draft", "--kind", "other", "--held", "now", "--title", title];
    let said = match after {
        None => Some(phone.ok(&arguments)),
        Some(after) => phone.killed_after(&arguments, after),
    };
    said.map(|said| said["id"].as_str().expect("an id").parse().expect("an id"))
}

/// Syncs until it comes through.
fn sync_well(phone: &PhoneProgram) {
    for _ in 0..100 {
        if phone.run(&["sync"]).status.success() {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("does not come through: {}", String::from_utf8_lossy(&phone.run(&["sync"]).stderr));
}

/// How often the log of the server has each accepted target, once its chains and versions have been found whole.
fn accepted(data: &Path) -> BTreeMap<Id, u32> {
    let storage = SqliteStorage::open(&data.join("haitang.db")).expect("opens");
    for report in verify_log(&storage).expect("walks") {
        assert_eq!(report.fault, None);
    }
    let mut times = BTreeMap::new();
    let mut names = BTreeSet::new();
    let read = storage.read(&mut |snapshot| {
        for (shard, _) in snapshot.shards()? {
            snapshot.log(shard, 0, &mut |entry| {
                assert!(names.insert((entry.device, entry.seq)), "command {} is in the log twice", entry.seq);
                assert_eq!(entry.refusal, None, "nothing here can be refused");
                let target = Envelope::parse(&entry.envelope).expect("reads").id;
                *times.entry(target).or_default() += 1;
                true
            })?;
        }
        for id in times.keys() {
            let stored = snapshot.record(Key::new(Kind::Log, *id))?.and_then(|stored| Log::of(stored.body));
            assert!(stored.is_some(), "an accepted log is there");
        }
        Ok(())
    });
    read.expect("reads");
    times
}

fn check(data: &Path, phone: &PhoneProgram, acknowledged: &BTreeSet<Id>) {
    let status = phone.ok(&["status"]);
    assert_eq!((status["waiting"].as_u64(), status["refused"].as_u64()), (Some(0), Some(0)), "{status}");
    let times = accepted(data);
    for id in acknowledged {
        assert_eq!(times.get(id), Some(&1), "{id} was acknowledged: it is applied once");
    }
    assert!(times.values().all(|times| *times == 1), "nothing is applied twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_killed_at_any_instant_loses_nothing_it_acknowledged() {
    let data = tempfile::tempdir().expect("a folder");
    let code = town_in(data.path()).await;
    let server = ServerProcess::start(data.path(), 0);
    let phone = PhoneProgram::default();
    phone.ok(&["enrol", "--server", &server.url, "--code", &code]);
    sync_well(&phone);
    let mut chance = Chance(1);
    let mut acknowledged = BTreeSet::new();
    let mut cut_short = 0;
    for round in 0..40 {
        acknowledged.extend(draft(&phone, &format!("第{round}次"), None));
        let killed = draft(&phone, &format!("第{round}次，被打断"), Some(chance.ms(25)));
        cut_short += u32::from(killed.is_none());
        acknowledged.extend(killed);
        phone.killed_after(&["sync"], chance.ms(60));
    }
    sync_well(&phone);
    drop(server);
    assert!(cut_short > 0, "some were really cut short");
    assert!(acknowledged.len() >= 40);
    check(data.path(), &phone, &acknowledged);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_killed_at_any_instant_loses_nothing_it_acknowledged() {
    let data = tempfile::tempdir().expect("a folder");
    let code = town_in(data.path()).await;
    let mut server = ServerProcess::start(data.path(), 0);
    let port = server.port();
    let phone = PhoneProgram::default();
    phone.ok(&["enrol", "--server", &server.url, "--code", &code]);
    sync_well(&phone);
    let mut chance = Chance(2);
    let mut acknowledged = BTreeSet::new();
    for round in 0..25 {
        for n in 0..4 {
            acknowledged.extend(draft(&phone, &format!("第{round}次{n}"), None));
        }
        let after = chance.ms(40);
        std::thread::scope(|scope| {
            let syncing = scope.spawn(|| phone.run(&["sync"]));
            std::thread::sleep(after);
            server.kill();
            let _ = syncing.join();
        });
        server = ServerProcess::start(data.path(), port);
    }
    sync_well(&phone);
    drop(server);
    check(data.path(), &phone, &acknowledged);
}
