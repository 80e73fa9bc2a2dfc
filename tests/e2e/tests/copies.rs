//! Copies of a server made by its own program while phones push, and put back elsewhere: the phones carry on.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use haitang_e2e::program::{PhoneProgram, ServerProcess, operate};
use haitang_e2e::town::{BO, CAI, work};
use haitang_e2e::{Books, Deed, Site, Worker};
use haitang_server::config::Config;
use haitang_server::http::App;

/// Copies made under load.
const COPIES: usize = 3;
const DEEDS: [Deed; 4] = [Deed::Submit, Deed::Draft, Deed::Quiz, Deed::Study];

async fn books(data: &Path) -> Books {
    let books = Books(App::open(Config::local(data)).await.expect("opens"));
    books.check_log();
    books.check_files();
    books
}

/// Works and syncs until told to stop.
fn work_until(worker: &mut Worker, stop: &AtomicBool) {
    for round in 0.. {
        worker.does(DEEDS[round % DEEDS.len()], &PhoneProgram::default());
        if round % 2 == 1 {
            worker.syncs();
        }
        if stop.load(Ordering::Relaxed) || round > 120 {
            return;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_made_under_load_is_whole_and_phones_carry_on_with_it_elsewhere() {
    let first = tempfile::tempdir().expect("a folder");
    let data = first.path().join("data");
    let codes = Site::prepare(&data, work::records, &[BO, CAI]).await;
    let mut server = ServerProcess::start(&data, 0);
    let port = server.port();
    let mut workers: Vec<Worker> = [BO, CAI]
        .into_iter()
        .zip(&codes)
        .map(|(member, code)| {
            let phone = PhoneProgram::default();
            phone.ok(&["enrol", "--server", &server.url, "--code", code]);
            phone.sync_well();
            Worker::new(phone, member, member.into())
        })
        .collect();
    let copies = tempfile::tempdir().expect("a folder");
    let copy = |n: usize| copies.path().join(n.to_string());
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        for worker in &mut workers {
            scope.spawn(|| work_until(worker, &stop));
        }
        for n in 0..COPIES {
            thread::sleep(std::time::Duration::from_millis(500));
            operate(&data, &["backup", copy(n).to_str().expect("a path in UTF-8")]);
        }
        thread::sleep(std::time::Duration::from_millis(500));
        stop.store(true, Ordering::Relaxed);
    });
    // The machine is gone, and the oldest copy is put back on another; then a newer one, on a third.
    let mut homes = vec![first];
    let mut lost = vec![];
    for n in [0, COPIES - 1] {
        let before = books(&homes.last().expect("one").path().join("data")).await.log().len();
        server.kill();
        let home = tempfile::tempdir().expect("a folder");
        let data = home.path().join("data");
        operate(&data, &["restore", copy(n).to_str().expect("a path in UTF-8")]);
        operate(&data, &["verify-log"]);
        lost.push(before - books(&data).await.log().len());
        server = ServerProcess::start(&data, port);
        for worker in workers.iter().chain(&workers) {
            worker.phone.sync_well();
        }
        for worker in &mut workers {
            worker.does(Deed::Submit, &PhoneProgram::default());
            worker.syncs();
        }
        homes.push(home);
    }
    for worker in &workers {
        worker.phone.sync_well();
    }
    drop(server);
    println!("the copies did not know {lost:?} commands");
    assert!(lost.iter().all(|lost| *lost > 0), "there was something to give back: {lost:?}");
    let books = books(&homes.last().expect("one").path().join("data")).await;
    for worker in &workers {
        worker.check(&books);
    }
}
