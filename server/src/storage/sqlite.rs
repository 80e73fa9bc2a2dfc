//! Storage in one SQLite file: enough for a county, and for a city.
//!
//! WAL, one writer, separate readers. A power cut loses nothing that was committed (`synchronous = FULL`).

mod accounts;
mod files;
mod reader;
mod schema;
mod writer;

use std::fs::OpenOptions;
use std::path::{Path, PathBuf};
use std::time::Duration;

use haitang_domain::attachment::Sha256;
use haitang_domain::{Id, Timestamp};
use parking_lot::Mutex;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension as _, TransactionBehavior, params};

use super::{Account, Device, EnrolCode, Result, Snapshot, Storage, StorageError, StoredFile, Upload, Work};
use reader::Reading;
use writer::Writing;

/// The name of the database inside a data folder.
pub const DATABASE: &str = "haitang.db";

/// Page cache of the writer: the ends of every index of a city, and the inner pages of all.
const WRITER_CACHE_KIB: i64 = 64 * 1024;
/// Page cache of each reader.
const READER_CACHE_KIB: i64 = 4 * 1024;
/// Readers kept open while nobody reads.
const READERS_IDLE_MAX: usize = 16;
/// Pages in the write-ahead log before it is copied into the database: 16 MiB. Pages that many commits touch are then written once.
const CHECKPOINT_PAGES: i64 = 4_000;
const STATEMENTS: usize = 128;
/// How long another process may hold the file, such as an operator's command beside the server.
const BUSY: Duration = Duration::from_secs(10);

impl From<rusqlite::Error> for StorageError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged(error.to_string()),
            _ => Self::Fault(error.to_string()),
        }
    }
}

impl From<std::io::Error> for StorageError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::Fault(error.to_string()),
        }
    }
}

/// Storage in one SQLite file.
pub struct SqliteStorage {
    path: PathBuf,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

/// It holds the server's keys: nobody else on the machine may read it.
fn create(path: &Path) -> Result<()> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|error| StorageError::Fault(format!("{}: {error}", path.display())))?;
    Ok(())
}

fn connect(path: &Path, cache_kib: i64) -> Result<Connection> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // A query by a bound kind would otherwise be planned anew at each use, should a partial index fit that kind.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "cipher_memory_security", "OFF")?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "cache_size", -cache_kib)?;
    Ok(connection)
}

impl SqliteStorage {
    /// Opens the file, making it where there is none.
    pub fn open(path: &Path) -> Result<Self> {
        create(path)?;
        let mut writer = connect(path, WRITER_CACHE_KIB)?;
        writer.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
        writer.pragma_update(None, "synchronous", "FULL")?;
        #[cfg(feature = "planted")]
        if haitang_planted::is(haitang_planted::Bug::AcknowledgeBeforeCommit) {
            writer.pragma_update(None, "synchronous", "OFF")?;
        }
        writer.query_row(&format!("PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}"), [], |_| Ok(()))?;
        writer.query_row(&format!("PRAGMA journal_size_limit = {}", CHECKPOINT_PAGES * 4096), [], |_| Ok(()))?;
        schema::migrate(&mut writer)?;
        Ok(Self { path: path.to_owned(), writer: Mutex::new(writer), readers: Mutex::default() })
    }

    /// Whether a file holds a whole database of this server, without changing it.
    pub fn check(path: &Path) -> Result<()> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        if !(1..=schema::NEWEST).contains(&version) {
            let newest = schema::NEWEST;
            return Err(StorageError::Damaged(format!("a database of version {version}; this server knows {newest}")));
        }
        match connection.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0))?.as_str() {
            "ok" => Ok(()),
            other => Err(StorageError::Damaged(other.to_owned())),
        }
    }

    fn with_reader<T>(&self, work: impl FnOnce(&mut Connection) -> Result<T>) -> Result<T> {
        let idle = self.readers.lock().pop();
        let mut reader = match idle {
            Some(reader) => reader,
            None => {
                let reader = connect(&self.path, READER_CACHE_KIB)?;
                reader.pragma_update(None, "query_only", true)?;
                reader
            }
        };
        let result = work(&mut reader);
        let mut readers = self.readers.lock();
        if readers.len() < READERS_IDLE_MAX {
            readers.push(reader);
        }
        result
    }

    fn transact<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let mut writer = self.writer.lock();
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let result = work(&transaction)?;
        transaction.commit()?;
        Ok(result)
    }

    /// Runs SQL on the writer, to damage or to limit what tests are about.
    #[cfg(test)]
    pub(crate) fn tamper(&self, sql: &str) {
        self.writer.lock().execute_batch(sql).expect("runs");
    }
}

fn read_secret(connection: &Connection, name: &str) -> Result<Option<Vec<u8>>> {
    Ok(connection.prepare_cached(include_str!("sqlite/sql/secret.sql"))?.query_row([name], |row| row.get(0)).optional()?)
}

const EPOCH: &str = "epoch";

impl Storage for SqliteStorage {
    fn read(&self, look: &mut dyn FnMut(&dyn Snapshot) -> Result<()>) -> Result<()> {
        self.with_reader(|reader| {
            let transaction = reader.transaction()?;
            look(&Reading(&transaction))
        })
    }

    fn write(&self, shard: Id, work: Work<'_>) -> Result<()> {
        self.transact(|connection| work(&mut Writing::new(connection, shard)?))
    }

    fn secret(&self, name: &str, make: &dyn Fn() -> Vec<u8>) -> Result<Vec<u8>> {
        if let Some(found) = self.with_reader(|reader| read_secret(reader, name))? {
            return Ok(found);
        }
        self.transact(|connection| match read_secret(connection, name)? {
            Some(found) => Ok(found),
            None => {
                let made = make();
                connection.prepare_cached(include_str!("sqlite/sql/set_secret.sql"))?.execute(params![name, made])?;
                Ok(made)
            }
        })
    }

    fn set_secret(&self, name: &str, value: &[u8]) -> Result<()> {
        self.transact(|connection| {
            connection.prepare_cached(include_str!("sqlite/sql/set_secret.sql"))?.execute(params![name, value])?;
            Ok(())
        })
    }

    fn epoch(&self) -> Result<Id> {
        let mut random = [0; 16];
        getrandom::fill(&mut random).map_err(|error| StorageError::Fault(error.to_string()))?;
        let epoch = self.secret(EPOCH, &|| random.to_vec())?;
        Id::from_slice(&epoch).ok_or_else(|| StorageError::Damaged("the epoch is no id".into()))
    }

    fn set_epoch(&self, epoch: Id) -> Result<()> {
        self.set_secret(EPOCH, epoch.bytes())
    }

    fn device(&self, id: Id) -> Result<Option<Device>> {
        self.with_reader(|reader| accounts::device(reader, id))
    }

    fn devices_of(&self, member: Id) -> Result<Vec<Device>> {
        self.with_reader(|reader| accounts::devices_of(reader, member))
    }

    fn revoke_device(&self, id: Id, now: Timestamp) -> Result<bool> {
        self.transact(|connection| accounts::revoke_device(connection, id, now))
    }

    fn put_enrol_code(&self, code: &EnrolCode) -> Result<()> {
        self.transact(|connection| accounts::put_enrol_code(connection, code))
    }

    fn enrol(&self, hash: &[u8; 32], now: Timestamp, make: &dyn Fn(Id) -> Option<Device>) -> Result<Option<Device>> {
        self.transact(|connection| accounts::enrol(connection, hash, now, make))
    }

    fn account(&self, id: Id) -> Result<Option<Account>> {
        self.with_reader(|reader| accounts::account(reader, id))
    }

    fn account_named(&self, name: &str) -> Result<Option<Account>> {
        self.with_reader(|reader| accounts::account_named(reader, name))
    }

    fn put_account(&self, account: &Account) -> Result<()> {
        self.transact(|connection| accounts::put_account(connection, account))
    }

    fn accounts(&self) -> Result<Vec<Account>> {
        self.with_reader(|reader| accounts::accounts(reader))
    }

    fn file(&self, sha256: &Sha256) -> Result<Option<StoredFile>> {
        self.with_reader(|reader| files::file(reader, sha256))
    }

    fn put_file(&self, file: &StoredFile) -> Result<()> {
        self.transact(|connection| files::put_file(connection, file))
    }

    fn upload(&self, id: Id) -> Result<Option<Upload>> {
        self.with_reader(|reader| files::upload(reader, id))
    }

    fn uploads_of(&self, device: Id, now: Timestamp) -> Result<u32> {
        self.with_reader(|reader| files::uploads_of(reader, device, now))
    }

    fn put_upload(&self, upload: &Upload) -> Result<()> {
        self.transact(|connection| files::put_upload(connection, upload))
    }

    fn remove_upload(&self, id: Id) -> Result<()> {
        self.transact(|connection| files::remove_upload(connection, id))
    }

    fn uploads_expired(&self, now: Timestamp) -> Result<Vec<Id>> {
        self.with_reader(|reader| files::uploads_expired(reader, now))
    }

    fn copy_to(&self, path: &Path) -> Result<()> {
        create(path)?;
        let mut copy = Connection::open(path)?;
        copy.busy_timeout(BUSY)?;
        self.with_reader(|reader| {
            let backup = Backup::new(reader, &mut copy)?;
            // In one step, within one snapshot: in WAL mode writers go on meanwhile.
            match backup.step(-1)? {
                StepResult::Done => Ok(()),
                _ => Err(StorageError::Busy),
            }
        })?;
        // One file, with nothing beside it.
        copy.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
        copy.close().map_err(|(_, error)| error)?;
        OpenOptions::new().append(true).open(path)?.sync_all()?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new() -> (tempfile::TempDir, SqliteStorage) {
        let folder = tempfile::tempdir().expect("a folder");
        let storage = SqliteStorage::open(&folder.path().join(DATABASE)).expect("opens");
        (folder, storage)
    }

    #[test]
    fn it_passes_the_conformance_suite() {
        let mut folders = vec![];
        super::super::conformance::run(&mut || {
            let (folder, storage) = new();
            folders.push(folder);
            Box::new(storage)
        });
    }

    #[test]
    fn a_full_disk_is_told_and_undoes_the_whole_transaction() {
        let (_folder, storage) = new();
        let count = || storage.with_reader(|reader| Ok(reader.query_row("PRAGMA page_count", [], |row| row.get::<_, i64>(0))?));
        storage.tamper(&format!("PRAGMA max_page_count = {}", count().expect("counts") + 4));
        let failed = storage.write(Id::from_bytes([1; 16]), &mut |writer| {
            for n in 1..=200u8 {
                let org = haitang_domain::directory::Org { name: "长".repeat(200), ..Default::default() };
                let key = haitang_domain::Key::new(haitang_domain::Kind::Org, Id::from_bytes([n; 16]));
                writer.put(key, &haitang_domain::Body::Org(org), u64::from(n), None)?;
            }
            Ok(())
        });
        assert!(matches!(failed, Err(StorageError::Full)), "{failed:?}");
        storage
            .read(&mut |snapshot| {
                assert_eq!(snapshot.shards()?, []);
                Ok(())
            })
            .expect("reads on");
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_on_the_machine_reads_it() {
        use std::os::unix::fs::PermissionsExt;
        let (folder, _storage) = new();
        let mode = std::fs::metadata(folder.path().join(DATABASE)).expect("is there").permissions().mode();
        assert_eq!(mode & 0o077, 0);
    }

    #[test]
    fn data_of_a_newer_version_is_left_alone() {
        let (folder, storage) = new();
        storage.tamper("PRAGMA user_version = 99");
        drop(storage);
        let failed = SqliteStorage::open(&folder.path().join(DATABASE)).err().expect("does not open");
        assert!(failed.to_string().contains("newer version 99"), "{failed}");
    }
}
