//! A database that will not open: set aside whole, for whoever can help, so that the phone can begin anew.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use haitang_domain::{Code, Refusal, Timestamp};
use serde::Serialize;

use crate::error::AppError;
use crate::files::{FILES, fault};
use crate::phone::DATABASE;

const PREFIX: &str = "aside-";
/// In a folder that was begun and may not hold everything yet.
const UNFINISHED: &str = "unfinished";

/// A phone's data that was set aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Aside {
    /// Its folder.
    pub path: PathBuf,
    /// When it was set aside.
    pub at: Timestamp,
    /// How much it is.
    pub bytes: u64,
}

/// What a phone's folder holds of it.
fn parts() -> [String; 5] {
    let database = |suffix: &str| format!("{DATABASE}{suffix}");
    [database(""), database("-wal"), database("-shm"), database("-key"), FILES.to_owned()]
}

/// Moves the database of the phone in `folder`, and its files, into a new folder beside them, whose path it returns. Nothing is deleted or
/// written over. [`crate::Phone::open`] then makes an empty phone; no phone may be open in `folder` meanwhile.
///
/// Refused as `missing` where there is no database.
pub fn keep_aside(folder: &Path, now: Timestamp) -> Result<PathBuf, AppError> {
    // One that was cut short is gone on with: its parts belong together.
    if let Some(begun) = unfinished(folder)?.into_iter().next() {
        move_parts(folder, &begun)?;
        return Ok(begun);
    }
    if !folder.join(DATABASE).exists() {
        return Err(Refusal::new(Code::Missing).with("kind", "database").into());
    }
    let name = format!("{PREFIX}{}", now.millis());
    let names = std::iter::once(name.clone()).chain((2..).map(|n| format!("{name}-{n}")));
    for name in names {
        let path = folder.join(name);
        match fs::create_dir(&path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            made => {
                made.map_err(fault)?;
                fs::write(path.join(UNFINISHED), b"").map_err(fault)?;
                sync(&path)?;
                sync(folder)?;
                move_parts(folder, &path)?;
                return Ok(path);
            }
        }
    }
    Err(AppError::Internal("there is no end to the numbers".into()))
}

/// Goes on with what was cut short, before a phone is opened there: an old log beside a new database would be taken for its own.
pub(crate) fn finish(folder: &Path) -> Result<(), AppError> {
    unfinished(folder)?.iter().try_for_each(|begun| move_parts(folder, begun))
}

fn move_parts(folder: &Path, aside: &Path) -> Result<(), AppError> {
    for part in parts() {
        let to = aside.join(&part);
        // There already: moved before it was cut short, and what lies in the phone's folder now is another's.
        if to.exists() {
            continue;
        }
        match fs::rename(folder.join(&part), to) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(fault(error)),
            _ => {}
        }
    }
    sync(aside)?;
    sync(folder)?;
    fs::remove_file(aside.join(UNFINISHED)).map_err(fault)
}

fn sync(folder: &Path) -> Result<(), AppError> {
    fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(fault)
}

fn folders(folder: &Path) -> Result<Vec<PathBuf>, AppError> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(fault)?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.map_err(fault)?.path();
        if moment(&path).is_some() && path.is_dir() {
            found.push(path);
        }
    }
    Ok(found)
}

fn unfinished(folder: &Path) -> Result<Vec<PathBuf>, AppError> {
    Ok(folders(folder)?.into_iter().filter(|path| path.join(UNFINISHED).exists()).collect())
}

/// When a folder of this name was set aside; `None` where it is none.
fn moment(path: &Path) -> Option<Timestamp> {
    let name = path.file_name()?.to_str()?.strip_prefix(PREFIX)?;
    // The number behind a second dash tells apart what was set aside in the same millisecond; before the first one is a sign.
    let end = name.char_indices().skip(1).find(|(_, c)| *c == '-').map_or(name.len(), |(at, _)| at);
    name[..end].parse().ok().map(Timestamp::from_millis)
}

/// What was set aside in a phone's folder, the newest first.
pub fn kept_aside(folder: &Path) -> Result<Vec<Aside>, AppError> {
    let mut kept = Vec::new();
    for path in folders(folder)? {
        let (at, bytes) = (moment(&path).unwrap_or_default(), size(&path)?.1);
        kept.push(Aside { path, at, bytes });
    }
    kept.sort_by(|a, b| (b.at, &b.path).cmp(&(a.at, &a.path)));
    Ok(kept)
}

/// Deletes what was set aside, with the phone it belonged to.
pub(crate) fn wipe(folder: &Path) -> Result<(), AppError> {
    folders(folder)?.iter().try_for_each(|path| fs::remove_dir_all(path).map_err(fault))
}

/// How many files a folder holds, at any depth, and how large they are together. One that is not there holds none.
pub(crate) fn size(folder: &Path) -> Result<(u64, u64), AppError> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok((0, 0)),
        entries => entries.map_err(fault)?,
    };
    let mut all = (0, 0);
    for entry in entries {
        let entry = entry.map_err(fault)?;
        let found = entry.metadata().map_err(fault)?;
        let (files, bytes) = if found.is_dir() { size(&entry.path())? } else { (1, found.len()) };
        all = (all.0 + files, all.1 + bytes);
    }
    Ok(all)
}

#[cfg(test)]
mod tests;
