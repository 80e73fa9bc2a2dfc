//! A phone in a folder of its own.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

use haitang_app::clock::SystemClock;
use haitang_app::domain::Key;
use haitang_app::outbox::{OutboxStatus, UnsentItem};
use haitang_app::{AppError, Phone, Status};
use haitang_store::{Row, Store};
use tempfile::TempDir;

/// The key of every database here; a real one comes from the platform's keystore.
pub const KEY: [u8; 32] = *b"the key of every database here..";

/// A phone.
pub struct Handset {
    /// The phone itself.
    pub phone: Phone,
    folder: TempDir,
    /// A second look into the same database, to see what screens do not show.
    store: OnceLock<Store>,
}

impl Handset {
    /// A new phone whose wall clock is wrong by so much.
    pub fn new(wall_offset_ms: i64) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let phone = Phone::open(folder.path(), KEY, Box::new(SystemClock { wall_offset_ms })).expect("opens");
        Self { phone, folder, store: OnceLock::new() }
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Every file in its folder.
    pub fn files(&self) -> Vec<PathBuf> {
        let mut found = vec![];
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("reads") {
                let path = entry.expect("reads").path();
                if path.is_dir() { folders.push(path) } else { found.push(path) }
            }
        }
        found
    }

    /// Syncs once; where it came to rest.
    pub async fn sync(&self) -> Status {
        self.phone.sync().await.expect("a failure of the network is not a failure of the phone").status
    }

    /// Syncs over a clear network. A connection that died before is found dead by the first try, hence the second.
    pub async fn sync_well(&self) {
        let mut last = Status::Idle;
        for _ in 0..4 {
            last = self.sync().await;
            if last == Status::Idle {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("sync does not come through: {last:?}");
    }

    /// What the person is told of a sync that came to rest like this.
    pub fn told(&self, status: Status) -> Option<AppError> {
        self.phone.sync_error(status)
    }

    /// How much is not on the server.
    pub fn outbox(&self) -> OutboxStatus {
        self.phone.outbox_status().expect("counts")
    }

    /// The one command that was refused.
    pub fn the_refused(&self) -> UnsentItem {
        let mut refused = self.phone.refused().expect("lists");
        assert_eq!(refused.len(), 1, "{refused:?}");
        refused.remove(0)
    }

    /// That nothing waits, nothing is refused and nothing is on its way.
    pub fn check_settled(&self) {
        let outbox = self.outbox();
        assert_eq!(outbox, OutboxStatus { synced: true, ..OutboxStatus::default() }, "{:?}", self.phone.refused());
    }

    /// The phone's own database.
    pub fn store(&self) -> &Store {
        self.store.get_or_init(|| Store::open(self.folder.path().join("haitang.db"), KEY).expect("opens"))
    }

    /// One record as the phone shows it.
    pub fn row(&self, key: Key) -> Option<Row> {
        self.store().get(key).expect("reads")
    }
}
