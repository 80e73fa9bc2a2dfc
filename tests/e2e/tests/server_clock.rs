//! A server whose wall clock jumps by hours while it runs and while it is down, forth and back: phones carry on, nothing is refused for it.
//!
//! The clock is libfaketime's, from Debian's package `faketime`; says so in one line and passes where that is not installed.
#![cfg(target_os = "linux")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use haitang_app::domain::time::HOUR_MS;
use haitang_e2e::program::{Around, PhoneProgram, ServerProcess};
use haitang_e2e::town::{BO, CAI, work};
use haitang_e2e::{Books, Deed, Site, Worker};
use haitang_server::config::Config;
use haitang_server::http::App;

/// Where the clock is moved to, against the true time, in hours.
const JUMPS: [i64; 7] = [5, -7, 3, -1, 9, -9, 0];

fn library() -> Option<PathBuf> {
    let folders = std::fs::read_dir("/usr/lib").into_iter().flatten().flatten().map(|entry| entry.path().join("faketime"));
    folders.map(|folder| folder.join("libfaketimeMT.so.1")).find(|library| library.exists())
}

/// A clock that says what a file says.
struct Clock {
    folder: tempfile::TempDir,
    library: PathBuf,
}

impl Clock {
    fn file(&self) -> PathBuf {
        self.folder.path().join("clock")
    }

    fn set(&self, hours: i64) {
        // At once or not at all: the server reads it at every look at the clock.
        let new = self.folder.path().join("new");
        std::fs::write(&new, format!("{hours:+}h\n")).expect("writes");
        std::fs::rename(new, self.file()).expect("renames");
    }

    fn around(&self) -> Around {
        let text = |path: &Path| path.to_str().expect("a path in UTF-8").to_owned();
        let env = [
            ("LD_PRELOAD", text(&self.library)),
            ("FAKETIME_TIMESTAMP_FILE", text(&self.file())),
            ("FAKETIME_NO_CACHE", "1".into()),
            // Only the wall clock jumps.
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1".into()),
        ];
        Around { before: vec![], env: env.map(|(name, value)| (name.to_owned(), value)).into() }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_whose_clock_jumps_by_hours_refuses_nothing_for_it_and_loses_nothing() {
    let Some(library) = library() else {
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr(), "not run here, no clock to move: libfaketime is not installed");
        return;
    };
    let clock = Clock { folder: tempfile::tempdir().expect("a folder"), library };
    clock.set(0);
    let data = tempfile::tempdir().expect("a folder");
    let codes = Site::prepare(data.path(), work::records, &[BO, CAI]).await;
    let mut server = ServerProcess::start_around(&clock.around(), data.path(), &["--listen", "127.0.0.1:0"]);
    let (url, listen) = (server.url.clone(), format!("127.0.0.1:{}", server.port()));
    let mut workers: Vec<Worker> = [BO, CAI]
        .into_iter()
        .zip(&codes)
        .map(|(member, code)| {
            let phone = PhoneProgram::default();
            phone.ok(&["enrol", "--server", &url, "--code", code]);
            phone.sync_well();
            Worker::new(phone, member, member.into())
        })
        .collect();
    let nobody = PhoneProgram::default();
    for (n, hours) in JUMPS.into_iter().enumerate() {
        // Made at one time by the server's clock and sent at another.
        for worker in &mut workers {
            for deed in [Deed::Draft, Deed::Submit, Deed::Quiz, Deed::Study] {
                worker.does(deed, &nobody);
            }
        }
        if n % 2 == 0 {
            clock.set(hours);
        } else {
            server.kill();
            clock.set(hours);
            server = ServerProcess::start_around(&clock.around(), data.path(), &["--listen", &listen]);
        }
        for worker in &workers {
            assert_eq!(worker.phone.failure(&["sync"]), None, "at {hours} hours");
        }
    }
    for worker in workers.iter().chain(&workers) {
        worker.phone.sync_well();
    }
    drop(server);
    let books = Books(App::open(Config::local(data.path())).await.expect("opens"));
    books.check_log();
    books.check_files();
    let now = chrono::Utc::now().timestamp_millis();
    let seen: BTreeSet<i64> =
        books.log().iter().map(|logged| (logged.received.millis() - now + HOUR_MS / 2).div_euclid(HOUR_MS)).collect();
    // Back again it may well refuse to go.
    assert!(seen.contains(&5) && seen.contains(&9), "the server's clock was moved: {seen:?}");
    for worker in &workers {
        worker.check(&books);
    }
}
