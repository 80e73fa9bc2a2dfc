//! Opening the encrypted file, and the settings every connection has.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use haitang_domain::Id;
use haitang_protocol::ChainHash;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::error::Error;
use crate::schema;

/// Page cache of the writer. A first sync of 100,000 records is as fast as it gets from 8 MiB on; twice that for a million.
const WRITER_CACHE_KIB: i64 = 16 * 1024;
/// Page cache of each reader: the indices of one screen's queries with room to spare.
const READER_CACHE_KIB: i64 = 6 * 1024;
/// Pages in the write-ahead log before it is copied into the database: 16 MiB. A first sync writes each index page several times;
/// a longer log lets fewer of these reach the database, and recovering it after a crash still takes milliseconds.
const CHECKPOINT_PAGES: i64 = 4_000;
const BUSY: Duration = Duration::from_secs(5);
const STATEMENTS: usize = 160;

/// What a connection is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// The one that writes.
    Write,
    /// One of those that only read.
    Read,
}

/// The file beside the database that tells a wrong key from a damaged database: a hash of the key, which is random and
/// therefore cannot be guessed from it.
pub(crate) fn key_check_path(path: &Path) -> PathBuf {
    beside(path, "-key")
}

/// `path` with `suffix` behind its name, as the database names its own companions.
pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn key_check(key: &[u8; 32]) -> [u8; 32] {
    ChainHash::start(Id::NIL, Id::NIL).next(&[b"haitang store key\0".as_slice(), key].concat()).0
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Opens a connection; the writer's makes the database where there is none and brings its schema up to date.
pub(crate) fn connect(path: &Path, key: &[u8; 32], access: Access) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let flags = if access == Access::Write { flags | OpenFlags::SQLITE_OPEN_CREATE } else { flags };
    let fresh = std::fs::metadata(path).map_or(true, |found| found.len() == 0);
    if fresh && access == Access::Write {
        std::fs::write(key_check_path(path), key_check(key))?;
    }
    let connection = Connection::open_with_flags(path, flags)?;
    // What goes wrong is told by typed errors; its own log would say it once more on the standard error.
    connection.pragma_update(None, "cipher_log_level", "NONE")?;
    // The key is raw: it comes from the platform's keystore, and stretching it would only make opening slow.
    connection.pragma_update(None, "key", format!("x'{}'", hex(key)))?;
    match set_up(&connection, access) {
        Err(Error::Sqlite(error)) if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) => Err(explain(path, key)),
        Err(error) => Err(error),
        Ok(()) => Ok(connection),
    }
}

fn set_up(connection: &Connection, access: Access) -> Result<(), Error> {
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // Without it every query by a kind that is bound would be planned anew at each use, should a partial index fit that kind.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.busy_timeout(BUSY)?;
    // Locking and wiping every buffer costs a third of all throughput; the phone's memory is guarded by its platform.
    connection.pragma_update(None, "cipher_memory_security", "OFF")?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    if access == Access::Read {
        connection.pragma_update(None, "cache_size", -READER_CACHE_KIB)?;
        connection.pragma_update(None, "query_only", true)?;
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        return Ok(());
    }
    connection.pragma_update(None, "cache_size", -WRITER_CACHE_KIB)?;
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    #[cfg(feature = "planted")]
    if haitang_planted::is(haitang_planted::Bug::PhoneNoSync) {
        connection.pragma_update(None, "synchronous", "OFF")?;
    }
    connection.query_row(&format!("PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}"), [], |_| Ok(()))?;
    connection.query_row(&format!("PRAGMA journal_size_limit = {}", CHECKPOINT_PAGES * 4096), [], |_| Ok(()))?;
    schema::migrate(connection)
}

/// Why the file does not open with this key.
fn explain(path: &Path, key: &[u8; 32]) -> Error {
    match std::fs::read(key_check_path(path)) {
        Ok(check) if check == key_check(key) => Error::Corrupt("its first page cannot be read".into()),
        Ok(check) if check.len() == 32 => Error::WrongKey,
        _ if looks_encrypted(path) => Error::WrongKey,
        _ => Error::Corrupt("not a database of this app".into()),
    }
}

/// Whether the file has whole pages, of which the first looks like noise.
fn looks_encrypted(path: &Path) -> bool {
    let mut first = [0; 4096];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut first));
    let whole = std::fs::metadata(path).is_ok_and(|found| found.len() % 4096 == 0);
    let mut seen = [false; 256];
    for byte in first {
        seen[usize::from(byte)] = true;
    }
    // Of 4,096 random bytes fewer than 240 different ones are out of the question.
    read.is_ok() && whole && seen.iter().filter(|seen| **seen).count() >= 240
}
