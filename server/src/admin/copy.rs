//! Backup and restore.
//!
//! A copy is a folder: the database as it was at one moment, and every file. Files are named by their contents and never change, so copying
//! them after the database leaves none out that the database names.

use std::io;
use std::path::{Path, PathBuf};

use haitang_domain::{Id, Timestamp};

use crate::account::code::new_id;
pub use crate::storage::DATABASE;
use crate::storage::{SqliteStorage, Storage, StorageError};

/// The folder of files in a data folder and in a copy.
pub const FILES: &str = "files";

/// Why a copy could not be made or restored.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// The target holds something; nothing in it was touched.
    #[error("{0} is not empty; name a new folder")]
    NotEmpty(PathBuf),
    /// The source is no copy, or a damaged one.
    #[error("{0} holds no copy that can be restored: {1}")]
    NoCopy(PathBuf, String),
    /// The storage.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The file system.
    #[error("{path}: {error}")]
    Io {
        /// Where.
        path: PathBuf,
        /// What it said.
        error: io::Error,
    },
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> CopyError + '_ {
    |error| CopyError::Io { path: path.to_owned(), error }
}

fn empty(folder: &Path) -> Result<(), CopyError> {
    std::fs::create_dir_all(folder).map_err(at(folder))?;
    let holds = std::fs::read_dir(folder).map_err(at(folder))?.next().is_some();
    if holds { Err(CopyError::NotEmpty(folder.to_owned())) } else { Ok(()) }
}

/// Copies the files below `from` to `to`; how many.
fn copy_files(from: &Path, to: &Path) -> Result<u64, CopyError> {
    let mut count = 0;
    if !from.exists() {
        return Ok(0);
    }
    std::fs::create_dir_all(to).map_err(at(to))?;
    for entry in std::fs::read_dir(from).map_err(at(from))? {
        let entry = entry.map_err(at(from))?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type().map_err(at(&source))?.is_dir() {
            count += copy_files(&source, &target)?;
        } else {
            match std::fs::copy(&source, &target) {
                Ok(_) => count += 1,
                // An upload that ended meanwhile.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(at(&source)(error)),
            }
        }
    }
    Ok(count)
}

/// Copies a server's data to a new folder while it runs; how many files went with the database.
pub fn backup(storage: &dyn Storage, data: &Path, to: &Path) -> Result<u64, CopyError> {
    empty(to)?;
    storage.copy_to(&to.join(DATABASE))?;
    copy_files(&data.join(FILES), &to.join(FILES))
}

/// Puts a copy into an empty data folder and begins another epoch, so that phones send again what the copy does not know and
/// receive everything anew.
pub fn restore(from: &Path, data: &Path, now: Timestamp) -> Result<Id, CopyError> {
    let source = from.join(DATABASE);
    let no_copy = |why: String| CopyError::NoCopy(from.to_owned(), why);
    if !source.exists() {
        return Err(no_copy(format!("there is no {DATABASE} in it")));
    }
    // Before anything is written: a damaged copy shall not take the place that a good one needs.
    SqliteStorage::check(&source).map_err(|error| no_copy(error.to_string()))?;
    empty(data)?;
    copy_files(&from.join(FILES), &data.join(FILES))?;
    // The database last and under its name only when it is whole: a server started on half a restore finds none.
    let (half, whole) = (data.join("restoring.db"), data.join(DATABASE));
    std::fs::copy(&source, &half).map_err(at(&source))?;
    let epoch = new_id(now).map_err(|error| StorageError::Fault(error.to_string()))?;
    #[cfg(feature = "planted")]
    let epoch = if haitang_planted::is(haitang_planted::Bug::KeepEpoch) { SqliteStorage::open(&half)?.epoch()? } else { epoch };
    SqliteStorage::open(&half)?.set_epoch(epoch)?;
    std::fs::rename(&half, &whole).map_err(at(&whole))?;
    std::fs::File::open(data).and_then(|folder| folder.sync_all()).map_err(at(data))?;
    Ok(epoch)
}
