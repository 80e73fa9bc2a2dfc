//! What can go wrong in the store: everything inside, and the few things a caller acts on outside.

use haitang_domain::{Code, Refusal};
use rusqlite::ErrorCode;
use rusqlite::ffi;

/// What the caller can do something about; all else is [`StoreError::Internal`].
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The rules say no; show why. Nothing was changed.
    #[error("refused: {0}")]
    Refused(Refusal),
    /// This phone belongs to nobody yet; enrol it.
    #[error("the phone is not enrolled")]
    NotEnrolled,
    /// The file was made with another key; it is left as it is.
    #[error("the database was made with another key")]
    WrongKey,
    /// The file is damaged or is no database of ours; it is left as it is, for someone to look at.
    #[error("the database is damaged: {0}")]
    Corrupt(String),
    /// There is no room; nothing of the operation was kept. Free some and try again.
    #[error("no space is left on the phone")]
    DiskFull,
    /// Another process holds the database; try again.
    #[error("the database is busy")]
    Busy,
    /// The server's chain of this device's commands is not the phone's: enrol anew, after exporting what was not sent.
    #[error("the server holds other commands of this device than the phone")]
    Diverged,
    /// The database was made by a newer version of the app; update the app.
    #[error("the database is of the newer version {0}")]
    TooNew(i64),
    /// It was closed or wiped; open it again.
    #[error("the store is closed")]
    Closed,
    /// A bug, or something outside that nobody here can mend.
    #[error("{operation}: {message}")]
    Internal {
        /// What was being done.
        operation: &'static str,
        /// What happened.
        message: String,
    },
}

/// Everything that can go wrong inside.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    #[error(transparent)]
    Io(#[from] std::io::Error),
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    #[error("refused: {0}")]
    Refused(#[from] Refusal),
    #[error(transparent)]
    Page(#[from] haitang_protocol::pull::BadPage),
    #[error("not enrolled")]
    NotEnrolled,
    #[error("wrong key")]
    WrongKey,
    #[error("{0}")]
    Corrupt(String),
    #[error("diverged")]
    Diverged,
    #[error("version {0}")]
    TooNew(i64),
    #[error("closed")]
    Closed,
    #[error("{0}")]
    Misuse(&'static str),
}

impl From<Code> for Error {
    fn from(code: Code) -> Self {
        Self::Refused(code.into())
    }
}

/// Whether an extended result code tells of a write that did not fit.
fn is_full(extended: i32) -> bool {
    matches!(
        extended,
        ffi::SQLITE_FULL
            | ffi::SQLITE_IOERR
            | ffi::SQLITE_IOERR_WRITE
            | ffi::SQLITE_IOERR_FSYNC
            | ffi::SQLITE_IOERR_DIR_FSYNC
            | ffi::SQLITE_IOERR_TRUNCATE
            | ffi::SQLITE_IOERR_SHMSIZE
    )
}

impl Error {
    /// The public form, once it is known what was being done.
    pub(crate) fn during(self, operation: &'static str) -> StoreError {
        let message = self.to_string();
        match self {
            Self::Refused(refusal) => StoreError::Refused(refusal),
            Self::NotEnrolled => StoreError::NotEnrolled,
            Self::WrongKey => StoreError::WrongKey,
            Self::Corrupt(what) => StoreError::Corrupt(what),
            Self::Diverged => StoreError::Diverged,
            Self::TooNew(version) => StoreError::TooNew(version),
            Self::Closed => StoreError::Closed,
            Self::Io(error) if error.kind() == std::io::ErrorKind::StorageFull => StoreError::DiskFull,
            Self::Sqlite(rusqlite::Error::SqliteFailure(failure, _)) => match failure.code {
                ErrorCode::DiskFull => StoreError::DiskFull,
                ErrorCode::SystemIoFailure if is_full(failure.extended_code) => StoreError::DiskFull,
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreError::Busy,
                ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => StoreError::Corrupt(message),
                _ => StoreError::Internal { operation, message },
            },
            _ => StoreError::Internal { operation, message },
        }
    }
}
