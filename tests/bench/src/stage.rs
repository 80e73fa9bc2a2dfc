//! What the figures are measured on: real servers with a town in each, and real phones.

use std::cell::{Cell, OnceCell};
use std::future::Future;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use haitang_app::clock::SystemClock;
use haitang_app::{Phone, Status};
use haitang_domain::{Id, Timestamp, Write};
use haitang_server::config::Config;
use haitang_server::http::{Running, Server};
use rusqlite::Connection;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::city::{Cast, Maker};
use crate::floor;

/// The key of every phone's database.
pub const KEY: [u8; 32] = [7; 32];
/// Records in the town of most figures.
pub const RECORDS: usize = 100_000;
/// Activities in a town; one member can check in at each once.
pub const ACTIVITIES: usize = 300;
/// The database's file in a phone's folder and in a server's.
const DATABASE: &str = "haitang.db";

/// A server with a town in it, of which one grid worker reads everything.
pub struct Town {
    /// The server.
    pub running: Running,
    /// Who is who.
    pub cast: Cast,
    /// The activities with check-in open.
    pub activities: Vec<Id>,
    /// The tasks of the grid.
    pub tasks: Vec<Id>,
    data: PathBuf,
}

impl Town {
    /// The server's database, beside the server.
    pub fn database(&self) -> PathBuf {
        self.data.join(DATABASE)
    }
}

/// Everything that is set up for measuring, at most once each.
pub struct Stage {
    phone: OnceCell<(Phone, PathBuf)>,
    town: OnceCell<Town>,
    runtime: Runtime,
    folder: TempDir,
    count: Cell<u32>,
}

/// The time now.
pub fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    Timestamp::from_millis(since.as_millis() as i64)
}

/// A phone's database in its folder.
pub fn database(folder: &Path) -> PathBuf {
    folder.join(DATABASE)
}

/// A phone in `folder`.
pub fn open_phone(folder: &Path) -> Phone {
    Phone::open(folder, KEY, Box::new(SystemClock::default())).expect("opens")
}

/// A runtime as phones and servers have one.
pub fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime")
}

/// Syncs until all is there.
pub async fn sync(phone: &Phone) {
    let end = phone.sync().await.expect("syncs");
    assert_eq!(end.status, Status::Idle, "the sync comes to its end");
}

impl Stage {
    /// With nothing set up yet.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self { phone: OnceCell::new(), town: OnceCell::new(), runtime: runtime(), folder, count: Cell::new(0) }
    }

    /// Runs to the end.
    pub fn run<F: Future>(&self, work: F) -> F::Output {
        self.runtime.block_on(work)
    }

    /// A new folder.
    pub fn new_folder(&self) -> PathBuf {
        self.count.set(self.count.get() + 1);
        let folder = self.folder.path().join(self.count.get().to_string());
        std::fs::create_dir(&folder).expect("a folder");
        folder
    }

    /// The town of [`RECORDS`] records.
    pub fn town(&self) -> &Town {
        self.town.get_or_init(|| self.found(RECORDS))
    }

    /// A new town with `records` records, of which a tenth are members, most of the others tasks.
    pub fn found(&self, records: usize) -> Town {
        self.found_with(records, |_, _| vec![])
    }

    /// The same, with a few records of other kinds among them.
    pub fn found_with(&self, records: usize, others: impl FnOnce(&mut Maker, &Cast) -> Vec<Write>) -> Town {
        let data = self.new_folder();
        let running = self.run(Server::start(Config { disk_free_min_mb: 0, ..Config::local(&data) })).expect("starts");
        let mut maker = Maker::new(3, now());
        let mut first = vec![];
        let cast = maker.cast(&mut first);
        let held: Vec<Write> = (0..ACTIVITIES).map(|_| maker.activity(&cast, now())).collect();
        let activities = held.iter().map(|write| write.key.id).collect();
        let others = others(&mut maker, &cast);
        let few = first.len() + held.len() + others.len();
        let mut tasks = vec![];
        let many = (0..records - few).map(|number| {
            if number % 10 == 9 {
                return maker.member(&cast);
            }
            let task = maker.task(&cast, tasks.len());
            tasks.push(task.key.id);
            task
        });
        running.app.hub.seed(first.into_iter().chain(held).chain(others).chain(many)).expect("seeds");
        let town = Town { running, cast, activities, tasks, data };
        assert_bodies(&town, records);
        town
    }

    /// A one-time code for the grid worker's phone.
    pub fn code(&self, town: &Town) -> String {
        self.run(town.running.app.accounts.make_code(town.cast.worker, None, now())).expect("a code").0
    }

    /// A new phone of the grid worker, which has synced nothing yet.
    pub fn new_phone(&self, town: &Town) -> (Phone, PathBuf) {
        let folder = self.new_folder();
        let phone = open_phone(&folder);
        let code = self.code(town);
        self.run(phone.enrol(&town.running.url(), &code, "bench")).expect("enrols");
        (phone, folder)
    }

    /// The grid worker's phone with all of the town on it.
    pub fn phone(&self) -> &Phone {
        &self.phone_and_folder().0
    }

    /// The folder of [`Stage::phone`].
    pub fn phone_folder(&self) -> &Path {
        &self.phone_and_folder().1
    }

    fn phone_and_folder(&self) -> &(Phone, PathBuf) {
        self.phone.get_or_init(|| {
            let made = self.new_phone(self.town());
            self.run(sync(&made.0));
            made
        })
    }

    /// Keeps a phone that has synced the town, for the figures that follow.
    pub fn keep(&self, phone: (Phone, PathBuf)) {
        // One that is there already does as well.
        let _ = self.phone.set(phone);
    }
}

/// Small bodies would make everything look fast.
fn assert_bodies(town: &Town, records: usize) {
    let connection: Connection = floor::open(&town.database(), None);
    let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, f64>(1)?));
    let (count, mean) =
        connection.query_row("SELECT count(*), avg(length(CAST(body AS BLOB))) FROM record", [], read).expect("counts");
    assert_eq!(count, records as i64);
    assert!((260.0..=280.0).contains(&mean), "bodies of 270 bytes, not {mean}");
}
