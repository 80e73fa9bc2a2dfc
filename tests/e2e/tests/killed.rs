//! Phones and server as real processes, killed at any instant: nothing acknowledged is lost, nothing is applied twice.
//!
//! The judge is the server's own storage, looked at once every process has ended: see [`Worker::check`].

use std::path::Path;
use std::sync::Barrier;
use std::thread;

use haitang_e2e::program::{PhoneProgram, ServerProcess};
use haitang_e2e::town::work;
use haitang_e2e::town::{self, ANNA, BO, CAI};
use haitang_e2e::{Books, Chance, Deed, Site, Worker};
use haitang_server::config::Config;
use haitang_server::http::App;

/// Kills of phones while people work and sync, for each of two phones.
const AT_WORK: u32 = 85;
/// Kills of a phone while it sends photos.
const SENDING: u32 = 50;
/// Kills of phones in their first sync.
const FIRST: u32 = 50;
/// Kills of the server while two phones sync.
const SERVER: u32 = 120;
/// Kills of the phones at the same instant as the server, in every other round.
const WITH_SERVER: u32 = 110;
/// Rounds in which the server is killed, at most: phones that had ended before are made up for.
const SERVER_ROUNDS: usize = 160;

/// All of them, when each finds its process running.
const KILLS: u32 = 2 * AT_WORK + SENDING + FIRST + SERVER + WITH_SERVER;
const _: () = assert!(KILLS >= 500);

/// Kills, and how many of them found the process running.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    tried: u32,
    hit: u32,
}

impl Count {
    fn add(&mut self, hit: bool) {
        self.tried += 1;
        self.hit += u32::from(hit);
    }

    /// That enough were killed, and that most kills were not wasted on what had ended.
    fn check(self, what: &str, least: u32) {
        println!("{what}: {} of {} kills found the process running", self.hit, self.tried);
        assert!(self.hit >= least, "{what}: {self:?}");
        assert!(self.hit * 2 >= self.tried, "{what}: most kills came too late: {self:?}");
    }
}

fn enrolled(server: &ServerProcess, code: &str) -> PhoneProgram {
    let phone = PhoneProgram::default();
    phone.ok(&["enrol", "--server", &server.url, "--code", code]);
    phone
}

fn synced(server: &ServerProcess, code: &str) -> PhoneProgram {
    let phone = enrolled(server, code);
    phone.sync_well();
    phone
}

/// The books of a server that has ended.
async fn books(data: &Path) -> Books {
    let books = Books(App::open(Config::local(data)).await.expect("opens"));
    books.check_log();
    books.check_files();
    books
}

/// What a member can do: reports are the grid worker's.
fn deeds(member: u8) -> Vec<Deed> {
    Deed::ALL.into_iter().filter(|deed| member == CAI || *deed != Deed::Report).collect()
}

/// Works and syncs, killed again and again, until so many kills found the phone running.
fn work(worker: &mut Worker, member: u8, host: &PhoneProgram, kills: u32) -> Count {
    let deeds = deeds(member);
    let mut count = Count::default();
    // Of each once, to know how long it takes.
    for deed in &deeds {
        worker.does(*deed, host);
    }
    worker.syncs();
    for round in 0.. {
        if count.hit >= kills || round >= 2 * kills {
            break;
        }
        let nth = |n: u32| deeds[n as usize % deeds.len()];
        match round % 3 {
            2 => {
                worker.does(nth(round / 3), host);
                if round % 4 == 0 { worker.syncs() } else { count.add(worker.killed_syncing()) }
            }
            _ => count.add(worker.killed_doing(nth(round - round / 3), host)),
        }
    }
    count
}

#[tokio::test(flavor = "multi_thread")]
async fn phones_killed_at_any_instant_lose_nothing_they_acknowledged() {
    let data = tempfile::tempdir().expect("a folder");
    let codes = Site::prepare(data.path(), work::records, &[ANNA, BO, CAI]).await;
    let server = ServerProcess::start(data.path(), 0);
    let host = synced(&server, &codes[0]);
    let mut bo = Worker::new(synced(&server, &codes[1]), BO, 1);
    let mut cai = Worker::new(synced(&server, &codes[2]), CAI, 2);
    let (of_bo, of_cai) = thread::scope(|scope| {
        let of_bo = scope.spawn(|| work(&mut bo, BO, &host, AT_WORK));
        let of_cai = work(&mut cai, CAI, &host, AT_WORK);
        (of_bo.join().expect("works"), of_cai)
    });
    bo.phone.sync_well();
    cai.phone.sync_well();
    bo.phone.sync_well();
    drop(server);
    of_bo.check("a member's phone", AT_WORK);
    of_cai.check("a grid worker's phone", AT_WORK);
    let books = books(data.path()).await;
    bo.check(&books);
    cai.check(&books);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_killed_while_it_sends_photos_sends_them_whole() {
    let data = tempfile::tempdir().expect("a folder");
    let codes = Site::prepare(data.path(), |_| vec![], &[BO]).await;
    let server = ServerProcess::start(data.path(), 0);
    let phone = synced(&server, &codes[0]);
    // A photo takes several requests; the way to the server is fast, so it takes large photos to be killed between them.
    let mut bo = Worker::new(phone, BO, 3).with_photos_of(6_000_000);
    bo.does(Deed::Submit, &PhoneProgram::default());
    bo.syncs();
    let mut count = Count::default();
    while count.hit < SENDING && count.tried < 2 * SENDING {
        bo.does(Deed::Submit, &PhoneProgram::default());
        for _ in 0..3 {
            count.add(bo.killed_syncing());
        }
    }
    bo.phone.sync_well();
    drop(server);
    count.check("a phone that sends photos", SENDING);
    bo.check(&books(data.path()).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn phones_killed_in_their_first_sync_go_on_to_a_whole_one() {
    const PHONES: usize = 10;
    let data = tempfile::tempdir().expect("a folder");
    let more = |now| work::records(now).into_iter().chain(work::notices(3_000, now)).collect();
    let codes = Site::prepare(data.path(), more, &[BO; PHONES + 1]).await;
    let server = ServerProcess::start(data.path(), 0);
    let (whole, _) = enrolled(&server, &codes[PHONES]).timed(&["sync"]);
    let mut chance = Chance::new(4);
    let mut count = Count::default();
    let mut phones = vec![];
    for code in &codes[..PHONES] {
        let phone = enrolled(&server, code);
        let before = count.hit;
        while count.hit < before + FIRST.div_ceil(PHONES as u32) && count.tried < 2 * FIRST {
            // What came before a kill stays: the next sync goes on there, and has less to do.
            count.add(phone.killed_after(&["sync"], chance.within(whole / 4)).hit);
        }
        phone.sync_well();
        phones.push(phone);
    }
    drop(server);
    count.check("phones in their first sync", FIRST);
    let books = books(data.path()).await;
    for phone in &phones {
        phone.check_settled();
        books.check_same(town::id(BO), &phone.store());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_killed_at_any_instant_with_and_without_its_phones_loses_nothing_that_was_acknowledged() {
    let data = tempfile::tempdir().expect("a folder");
    let codes = Site::prepare(data.path(), work::records, &[ANNA, BO, CAI]).await;
    let mut server = ServerProcess::start(data.path(), 0);
    let port = server.port();
    let host = synced(&server, &codes[0]);
    let mut workers = [(BO, 5), (CAI, 6)].map(|(member, seed)| {
        let phone = synced(&server, &codes[usize::from(member - ANNA)]);
        Worker::new(phone, member, seed)
    });
    for worker in &mut workers {
        worker.does(Deed::Draft, &host);
        worker.syncs();
    }
    let mut chance = Chance::new(7);
    let (mut servers, mut phones) = (Count::default(), Count::default());
    for round in 0..SERVER_ROUNDS {
        if servers.hit >= SERVER && phones.hit >= WITH_SERVER {
            break;
        }
        let deed = |member| deeds(member)[round % deeds(member).len()];
        let (host, kill_phones) = (&host, round % 2 == 1);
        thread::scope(|scope| {
            for (worker, member) in workers.iter_mut().zip([BO, CAI]) {
                scope.spawn(move || worker.does(deed(member), host));
            }
        });
        let after = chance.within(workers[0].sync_took());
        let together = &Barrier::new(workers.len() + 1);
        thread::scope(|scope| {
            let sync = |phone: &PhoneProgram| {
                together.wait();
                if kill_phones {
                    return Some(phone.killed_after(&["sync"], after).hit);
                }
                // It finds the server gone, or was quicker.
                phone.run(&["sync"]);
                None
            };
            let syncing: Vec<_> = workers.iter().map(|worker| scope.spawn(move || sync(&worker.phone))).collect();
            together.wait();
            thread::sleep(after);
            servers.add(server.kill());
            for hit in syncing.into_iter().filter_map(|syncing| syncing.join().expect("syncs")) {
                phones.add(hit);
            }
        });
        server = ServerProcess::start(data.path(), port);
    }
    for worker in workers.iter().chain(&workers) {
        worker.phone.sync_well();
    }
    drop(server);
    servers.check("the server", SERVER);
    phones.check("phones together with the server", WITH_SERVER);
    let books = books(data.path()).await;
    for worker in &workers {
        assert!(worker.acknowledged() >= SERVER as usize, "people worked all the while");
        worker.check(&books);
    }
}
