//! A disk that fails on purpose, under SQLite: writes that a power cut tears or loses, a full disk, a sync that fails.
//!
//! SQLite reaches its files through a "VFS". [`Disk::over`] puts one of ours over the system's own: files below the watched folder
//! go through it, all others do not notice. Writes reach the real file at once, as they reach the system's cache on a real machine;
//! what each sector held since the last sync is kept beside it. [`Disk::cut_power`] then decides for each sector which of these
//! versions the platter had got, and for each file how long it had become. What was synced is always there.
//!
//! Only what SQLite does is watched: other writes of a program are durable at once.

#![deny(missing_docs)]

mod chance;
mod file;
mod vfs;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parking_lot::Mutex;

pub use chance::Chance;
use file::Unsynced;

/// A folder whose SQLite files can be made to fail. Until dropped.
pub struct Disk {
    shared: Arc<Shared>,
}

pub(crate) struct Shared {
    folder: PathBuf,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    unsynced: HashMap<PathBuf, Unsynced>,
    /// Files may not grow.
    full: bool,
    /// Syncs that will fail.
    failing_syncs: u32,
    /// Writes and syncs that still go well before the power is cut.
    left: Option<u64>,
    /// The power is off: nothing is read or written.
    off: bool,
    /// Writes and syncs so far.
    steps: u64,
}

/// Disks by folder.
static DISKS: Mutex<Vec<Arc<Shared>>> = Mutex::new(Vec::new());

impl Disk {
    /// Watches the SQLite files below `folder` that are opened from now on.
    ///
    /// # Panics
    /// When SQLite does not take the VFS, or the folder is not there.
    pub fn over(folder: &Path) -> Self {
        vfs::install();
        let folder = folder.canonicalize().expect("the folder is there");
        let shared = Arc::new(Shared { folder, state: Mutex::default() });
        DISKS.lock().push(Arc::clone(&shared));
        Self { shared }
    }

    /// Makes the disk full, or not full any more: what would make a file longer fails with `SQLITE_FULL`.
    pub fn fill(&self, full: bool) {
        self.shared.state.lock().full = full;
    }

    /// Has the next syncs fail with an I/O error; what they were about stays unsynced.
    pub fn fail_syncs(&self, count: u32) {
        self.shared.state.lock().failing_syncs = count;
    }

    /// Cuts the power in the middle of the write or sync that comes after so many others; `None` takes that back.
    pub fn cut_after(&self, steps: Option<u64>) {
        self.shared.state.lock().left = steps;
    }

    /// Takes back whatever was still to go wrong.
    pub fn be_well(&self) {
        let mut state = self.shared.state.lock();
        (state.full, state.failing_syncs, state.left) = (false, 0, None);
    }

    /// Whether the power is off.
    pub fn is_off(&self) -> bool {
        self.shared.state.lock().off
    }

    /// Writes and syncs so far.
    pub fn steps(&self) -> u64 {
        self.shared.state.lock().steps
    }

    /// Turns the power off: every call fails from now on. The program is to be ended next, that is, to close its databases.
    pub fn turn_off(&self) {
        self.shared.state.lock().off = true;
    }

    /// After [`Self::turn_off`] (or a cut) and once every database is closed: leaves on the disk what a power cut leaves, chosen by
    /// `seed`, and turns the power on. Returns how many sectors were lost or set back.
    ///
    /// # Panics
    /// When the files cannot be written.
    pub fn cut_power(&self, seed: u64) -> u64 {
        let mut state = self.shared.state.lock();
        let mut chance = Chance::new(seed);
        let mut unsynced: Vec<_> = state.unsynced.drain().collect();
        // The order of a hash map is another at each run.
        unsynced.sort_by(|(one, _), (other, _)| one.cmp(other));
        let lost = unsynced.into_iter().map(|(path, file)| file.settle(&path, &mut chance)).sum();
        // Shared memory is memory.
        if let Ok(entries) = std::fs::read_dir(&self.shared.folder) {
            for path in entries.flatten().map(|entry| entry.path()) {
                if path.as_os_str().as_encoded_bytes().ends_with(b"-shm") {
                    std::fs::remove_file(path).expect("removes");
                }
            }
        }
        *state = State { steps: state.steps, ..State::default() };
        lost
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        DISKS.lock().retain(|disk| !Arc::ptr_eq(disk, &self.shared));
    }
}

/// The disk that watches `path`.
fn watching(path: &Path) -> Option<Arc<Shared>> {
    DISKS.lock().iter().find(|disk| path.starts_with(&disk.folder)).cloned()
}
