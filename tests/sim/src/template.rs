//! What every world begins with, made once for all of them: an empty phone's database, and a server's with the town in it.

use std::path::Path;
use std::sync::OnceLock;

use haitang_store::Store;
use tempfile::TempDir;

use crate::site::{Site, scratch};
use crate::time::{ServerClock, TrueTime};
use crate::{handset, town};

/// Puts an empty phone's database into a folder.
pub(crate) fn phone(into: &Path) {
    static MADE: OnceLock<TempDir> = OnceLock::new();
    let made = || {
        let folder = scratch();
        let store = Store::open(folder.path().join(handset::DATABASE), handset::KEY).expect("opens");
        store.close().expect("closes");
        folder
    };
    copy(MADE.get_or_init(made).path(), into);
}

/// Puts a server's data into a folder.
pub(crate) fn server(into: &Path) {
    static MADE: OnceLock<TempDir> = OnceLock::new();
    let made = || {
        let time = TrueTime::default();
        let mut site = Site::new(scratch(), ServerClock::new(&time));
        site.start().expect("starts");
        site.app().expect("runs").hub.seed(town::records(time.now())).expect("seeds");
        site.into_folder()
    };
    copy(MADE.get_or_init(made).path(), into);
}

/// Copies what is in a folder into another.
pub(crate) fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("reads").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            std::fs::create_dir_all(&target).expect("makes");
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("copies");
        }
    }
}
