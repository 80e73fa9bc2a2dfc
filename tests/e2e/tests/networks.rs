//! The real programs in networks of their own, over TLS: lines that lose, delay, reorder and cut, and people in the middle.
//!
//! Needs root, network namespaces and `/dev/net/tun`; says so in one line and passes where they are not to be had.
#![cfg(target_os = "linux")]

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use haitang_e2e::authority::{Authority, stand_in};
use haitang_e2e::net::wire::Quality;
use haitang_e2e::net::{self, Line, Namespace, SERVER, ServerEnd};
use haitang_e2e::program::{Around, PhoneProgram, ServerProcess};
use haitang_e2e::town::{BO, CAI, work};
use haitang_e2e::{Books, Chance, Deed, Proxy, Site, Worker};
use haitang_server::config::Config;
use haitang_server::http::App;

/// The port of servers in namespaces of their own.
const PORT: u16 = 8443;
/// What people do here, each of them.
const DEEDS: [Deed; 5] = [Deed::Draft, Deed::Submit, Deed::Quiz, Deed::Study, Deed::Submit];

/// Ends the test where this machine has no networks to give.
macro_rules! here {
    ($made:expr) => {
        match $made {
            Ok(made) => made,
            Err(why) => return net::skipped(&why),
        }
    };
}

fn serve(around: &Around, data: &Path, authority: &Authority, listen: &str, addresses: &[&str]) -> ServerProcess {
    let certificate = authority.issue(addresses);
    let path = |path: &Path| path.to_str().expect("a path in UTF-8").to_owned();
    let (cert, key) = (path(&certificate.cert), path(&certificate.key));
    ServerProcess::start_around(around, data, &["--listen", listen, "--tls-cert", &cert, "--tls-key", &key])
}

/// A server in its own namespace.
fn serve_in(namespace: &Namespace, data: &Path, authority: &Authority) -> ServerProcess {
    serve(&namespace.around(&authority.roots()), data, authority, &format!("{SERVER}:{PORT}"), &[SERVER])
}

fn enrolled(namespace: &Namespace, authority: &Authority, url: &str, code: &str) -> PhoneProgram {
    let phone = PhoneProgram::around(namespace.around(&authority.roots()));
    phone.ok(&["enrol", "--server", url, "--code", code]);
    phone
}

async fn books(data: &Path) -> Books {
    let books = Books(App::open(Config::local(data)).await.expect("opens"));
    books.check_log();
    books.check_files();
    books
}

fn works(worker: &mut Worker) {
    let nobody = PhoneProgram::default();
    for deed in DEEDS {
        worker.does(deed, &nobody);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn over_a_line_that_loses_a_fifth_and_takes_its_time_all_arrives() {
    let bad = Quality { loss: 20, delay_ms: 300, jitter_ms: 200, reorder: 25, duplicate: 5, rate: None };
    let server_side = here!(net::server());
    let lines = here!([1, 2].map(|seed| Line::to(&server_side, seed)).into_iter().collect::<Result<Vec<_>, _>>());
    let (data, authority) = (tempfile::tempdir().expect("a folder"), Authority::default());
    let codes = Site::prepare(data.path(), work::records, &[BO, CAI]).await;
    let server = serve_in(&server_side, data.path(), &authority);
    let url = format!("https://{SERVER}:{PORT}");
    let mut workers: Vec<Worker> = lines
        .iter()
        .zip([BO, CAI])
        .zip(&codes)
        .map(|(((line, _), member), code)| {
            let phone = enrolled(&line.phone, &authority, &url, code);
            phone.sync_well();
            line.wire.set(bad);
            Worker::new(phone, member, member.into())
        })
        .collect();
    let before: Vec<_> = lines.iter().map(|(line, _)| line.wire.carried()).collect();
    thread::scope(|scope| {
        for worker in &mut workers {
            scope.spawn(|| {
                works(worker);
                let began = Instant::now();
                let tries = worker.phone.sync_within(Duration::from_secs(80));
                println!("came through in {tries} tries, {:?}", began.elapsed());
            });
        }
    });
    for ((line, _), before) in lines.iter().zip(before) {
        let carried = line.wire.carried() - before;
        println!("{carried:?}");
        assert!(carried.lost * 10 > carried.passed && carried.early > 0 && carried.twice > 0, "the line was bad: {carried:?}");
        line.wire.set(Quality::default());
    }
    for worker in &workers {
        worker.phone.sync_well();
    }
    drop(server);
    let books = books(data.path()).await;
    for worker in &workers {
        worker.check(&books);
    }
}

/// Cuts in one sync, at most: each may double the time after which TCP tries again, which is longer than a test should take.
const CUTS: u32 = 12;

/// Syncs over a line that is cut again and again, now at the phone's end and now at the server's.
fn sync_while_cut(phone: &PhoneProgram, line: &Line, end: &ServerEnd<'_>, chance: &mut Chance) {
    thread::scope(|scope| {
        let began = Instant::now();
        let syncing = scope.spawn(|| phone.sync_within(Duration::from_secs(70)));
        let mut cuts = 0;
        while !syncing.is_finished() && cuts < CUTS {
            thread::sleep(chance.within(Duration::from_millis(700)));
            let gone = chance.within(Duration::from_millis(400));
            if cuts % 2 == 0 {
                line.down().expect("cuts");
                thread::sleep(gone);
                line.up().expect("joins");
            } else {
                end.down().expect("cuts");
                thread::sleep(gone);
                end.up().expect("joins");
            }
            cuts += 1;
        }
        let tries = syncing.join().expect("syncs");
        println!("{cuts} cuts in {:?}, came through in {tries} tries", began.elapsed());
        assert!(cuts >= 5, "was cut while it synced: {cuts}");
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_sync_and_photos_over_a_line_that_is_cut_again_and_again_arrive_whole() {
    let server_side = here!(net::server());
    let (line, end) = here!(Line::to(&server_side, 3));
    let (data, authority) = (tempfile::tempdir().expect("a folder"), Authority::default());
    let more = |now| work::records(now).into_iter().chain(work::notices(2_000, now)).collect();
    let codes = Site::prepare(data.path(), more, &[BO]).await;
    let server = serve_in(&server_side, data.path(), &authority);
    let url = format!("https://{SERVER}:{PORT}");
    let phone = enrolled(&line.phone, &authority, &url, &codes[0]);
    line.wire.set(Quality { delay_ms: 20, rate: Some(100_000), ..Quality::default() });
    let mut chance = Chance::new(9);
    sync_while_cut(&phone, &line, &end, &mut chance);
    let mut bo = Worker::new(phone, BO, 4).with_photos_of(400_000);
    works(&mut bo);
    sync_while_cut(&bo.phone, &line, &end, &mut chance);
    bo.phone.sync_well();
    drop(server);
    bo.check(&books(data.path()).await);
}

const PAGE: &str = "<!DOCTYPE html><html><body>Please sign in</body></html>";

#[tokio::test(flavor = "multi_thread")]
async fn people_in_the_middle_learn_nothing_and_lose_nothing() {
    let (phone_side, own) = here!(net::neighbour());
    let (data, authority) = (tempfile::tempdir().expect("a folder"), Authority::default());
    let codes = Site::prepare(data.path(), work::records, &[BO]).await;
    let server = serve(&Around::default(), data.path(), &authority, "127.0.0.1:0", &[&own.to_string()]);
    let upstream = SocketAddr::from((Ipv4Addr::LOCALHOST, server.port()));
    let proxy = Proxy::start_at(own, upstream).await;
    let url = format!("https://{own}:{}", proxy.port());
    let phone = enrolled(&phone_side, &authority, &url, &codes[0]);
    phone.sync_well();
    let mut bo = Worker::new(phone, BO, 5);
    works(&mut bo);

    let page = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{PAGE}",
        PAGE.len()
    );
    let moved =
        "HTTP/1.1 302 Found\r\nLocation: https://portal.example/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_owned();
    // Without TLS, and with a certificate that the phone has no reason to trust: nothing was said, so nothing is believed.
    proxy.answer_with(&page);
    assert_eq!(bo.phone.failure(&["sync"]).as_deref(), Some("network"));
    proxy.clear();
    let stranger = Authority::default();
    proxy.lead_to(stand_in(&stranger.issue(&[&own.to_string()]), page.clone()));
    assert_eq!(bo.phone.failure(&["sync"]).as_deref(), Some("bad_certificate"));
    // With one it trusts, as some companies' and countries' proxies have: it is told what it is.
    let trusted = authority.issue(&[&own.to_string()]);
    for answer in [page, moved] {
        proxy.lead_to(stand_in(&trusted, answer));
        assert_eq!(bo.phone.failure(&["sync"]).as_deref(), Some("portal"));
    }
    proxy.lead_to(upstream);
    let status = bo.phone.ok(&["status"]);
    assert!(status["waiting"].as_u64().is_some_and(|waiting| waiting >= DEEDS.len() as u64), "nothing is lost: {status}");

    let mut chance = Chance::new(6);
    let mut failed = 0;
    for round in 0..60 {
        bo.does(if round % 10 == 0 { Deed::Submit } else { Deed::Draft }, &PhoneProgram::default());
        let bytes = Some(chance.below(5_000) as i64);
        // In every other round the way there, else the way back.
        let (up, down) = if round % 2 == 0 { (bytes, None) } else { (None, bytes) };
        proxy.cut_after(up, down);
        failed += u32::from(bo.phone.failure(&["sync"]).is_some());
        proxy.clear();
    }
    println!("{failed} of 60 syncs were cut short");
    assert!(failed >= 20, "{failed}");
    bo.phone.sync_well();
    drop(server);
    bo.check(&books(data.path()).await);
}
