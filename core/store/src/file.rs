//! Files that commands name, on their way to the server.

use std::path::{Path, PathBuf};

use haitang_domain::attachment::{Attachment, Sha256};
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::error::{Error, StoreError};
use crate::store::Store;

/// A file and how far it has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// What it is.
    pub file: Attachment,
    /// Where its bytes are; `None` where a command names a file that was never handed over.
    pub path: Option<PathBuf>,
    /// The last command that names it.
    pub needed_by: Option<u64>,
    /// Where the server takes it, once it was announced.
    pub upload_url: Option<String>,
    /// Bytes the server has.
    pub sent: u64,
    /// The server has all of it.
    pub done: bool,
    /// Why the server will not have it.
    pub failure: Option<String>,
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Outgoing> {
    Ok(Outgoing {
        file: Attachment {
            sha256: Sha256(row.get(0)?),
            bytes: row.get::<_, i64>(1)?.cast_unsigned(),
            media_type: row.get(2)?,
            name: row.get(3)?,
        },
        path: row.get::<_, Option<String>>(4)?.map(PathBuf::from),
        needed_by: row.get::<_, Option<i64>>(5)?.map(i64::cast_unsigned),
        upload_url: row.get(6)?,
        sent: row.get::<_, i64>(7)?.cast_unsigned(),
        done: row.get(8)?,
        failure: row.get(9)?,
    })
}

/// Notes that command `seq` names a file.
pub(crate) fn need(db: &Connection, file: &Attachment, seq: i64) -> Result<(), Error> {
    let values = params![file.sha256.0, file.bytes.cast_signed(), file.media_type, file.name, seq];
    db.prepare_cached(include_str!("file/need.sql"))?.execute(values)?;
    Ok(())
}

/// Has every file announced once more: a server that was restored from a backup has those of the backup only. One that has the
/// bytes says so, and they are not sent again.
pub(crate) fn offer_again(db: &Connection) -> Result<(), Error> {
    db.prepare_cached(include_str!("file/offer_again.sql"))?.execute([])?;
    Ok(())
}

impl Store {
    /// Hands over a file whose bytes are at `path`. It is sent once a command names it, and must stay there until then.
    pub fn enqueue_file(&self, file: &Attachment, path: &Path) -> Result<(), StoreError> {
        self.write("enqueue_file", |db| {
            let path = path.to_str().ok_or(Error::Misuse("the path of a file is no text"))?;
            let values = params![file.sha256.0, file.bytes.cast_signed(), file.media_type, file.name, path];
            db.prepare_cached(include_str!("file/enqueue.sql"))?.execute(values)?;
            Ok(())
        })
    }

    /// The file to send next, or to go on with; `None` where none waits.
    pub fn next_upload(&self) -> Result<Option<Outgoing>, StoreError> {
        self.read_with("next_upload", |db| {
            Ok(db.prepare_cached(include_str!("file/next.sql"))?.query_row([], read).optional()?)
        })
    }

    /// One file, if it was handed over or named.
    pub fn file(&self, sha256: Sha256) -> Result<Option<Outgoing>, StoreError> {
        self.read_with("file", |db| {
            Ok(db.prepare_cached(include_str!("file/get.sql"))?.query_row([sha256.0], read).optional()?)
        })
    }

    /// Files that commands name and the server has not, whether they can be sent or not.
    pub fn unsent_files(&self, limit: u32) -> Result<Vec<Outgoing>, StoreError> {
        self.read_with("unsent_files", |db| {
            Ok(db.prepare_cached(include_str!("file/unsent.sql"))?.query_map([limit], read)?.collect::<Result<_, _>>()?)
        })
    }

    /// Keeps how far a file has come: where the server takes it (`None` where it must be announced anew) and how much it has.
    pub fn upload_progress(&self, sha256: Sha256, upload_url: Option<&str>, sent: u64) -> Result<(), StoreError> {
        self.write("upload_progress", |db| {
            db.prepare_cached(include_str!("file/progress.sql"))?.execute(params![sha256.0, upload_url, sent.cast_signed()])?;
            Ok(())
        })
    }

    /// Notes that the server has all of a file. Its bytes here may now be deleted.
    pub fn upload_done(&self, sha256: Sha256) -> Result<(), StoreError> {
        self.write("upload_done", |db| {
            db.prepare_cached(include_str!("file/done.sql"))?.execute([sha256.0])?;
            Ok(())
        })
    }

    /// Notes that the server will not have a file, and why. It is not tried again until it is handed over anew.
    pub fn upload_failed(&self, sha256: Sha256, why: &str) -> Result<(), StoreError> {
        self.write("upload_failed", |db| {
            db.prepare_cached(include_str!("file/fail.sql"))?.execute(params![sha256.0, why])?;
            Ok(())
        })
    }
}
