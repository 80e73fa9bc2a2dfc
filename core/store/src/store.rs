//! Opening, closing, wiping; and how every operation gets its connection.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::Mutex;
use rusqlite::{Connection, Params, TransactionBehavior};
use zeroize::Zeroizing;

use crate::db::{self, Access};
use crate::error::{Error, StoreError};
use crate::paging::found;
use crate::record::{Found, Typed};
use crate::replay::Pending;

/// Readers kept open between uses. More may read at once; these are the ones that stay.
const READERS_KEPT: usize = 3;

/// The phone's database. Shared freely between threads: writes queue up behind each other, reads do not wait.
pub struct Store {
    path: PathBuf,
    key: Zeroizing<[u8; 32]>,
    writer: Mutex<Option<Writer>>,
    /// Told apart from `writer`, so that a read never waits for a write.
    closed: AtomicBool,
    readers: Mutex<Vec<Connection>>,
}

/// The connection that writes, and what is known of its outbox from one page of a pull to the next.
struct Writer {
    connection: Connection,
    pending: Pending,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Store {
    /// Opens the database at `path`, or makes it where there is none.
    ///
    /// `key` is 32 random bytes that the platform's keystore guards. Another key is [`StoreError::WrongKey`]; a file that is
    /// damaged or no database of ours is [`StoreError::Corrupt`]. Neither touches the file.
    pub fn open(path: impl AsRef<Path>, key: [u8; 32]) -> Result<Self, StoreError> {
        let path = path.as_ref().to_owned();
        let key = Zeroizing::new(key);
        let connection = db::connect(&path, &key, Access::Write).map_err(|error| error.during("open"))?;
        let writer = Writer { connection, pending: Pending::default() };
        Ok(Self { path, key, writer: Mutex::new(Some(writer)), closed: AtomicBool::new(false), readers: Mutex::new(Vec::new()) })
    }

    /// Closes it; every later call is [`StoreError::Closed`]. Reads under way finish first.
    pub fn close(&self) -> Result<(), StoreError> {
        self.closed.store(true, Ordering::Release);
        let mut writer = self.writer.lock();
        self.readers.lock().clear();
        if let Some(writer) = writer.take() {
            writer.connection.close().map_err(|(_, error)| Error::from(error).during("close"))?;
        }
        Ok(())
    }

    /// Deletes the database with everything in it, unsent work too: for a phone that was lost or handed on.
    pub fn wipe(&self) -> Result<(), StoreError> {
        // Once the key is gone from the keystore, what a flash chip still holds is noise.
        self.close()?;
        let files = ["", "-wal", "-shm", "-key"].map(|suffix| db::beside(&self.path, suffix));
        for file in files {
            match std::fs::remove_file(file) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(Error::Io(error).during("wipe")),
                _ => {}
            }
        }
        Ok(())
    }

    /// What the database takes on the disk, in bytes.
    pub fn bytes(&self) -> u64 {
        let size = |suffix| std::fs::metadata(db::beside(&self.path, suffix)).map_or(0, |found| found.len());
        ["", "-wal", "-shm", "-key"].into_iter().map(size).sum()
    }

    /// Runs `work` in one write transaction; nothing of it is kept unless all of it is.
    pub(crate) fn write<T>(
        &self,
        operation: &'static str,
        work: impl FnOnce(&Connection) -> Result<T, Error>,
    ) -> Result<T, StoreError> {
        self.write_pending(operation, |db, pending| {
            *pending = Pending::default();
            work(db)
        })
    }

    /// The same for work that keeps `pending` true to the outbox, from one such work to the next.
    pub(crate) fn write_pending<T>(
        &self,
        operation: &'static str,
        work: impl FnOnce(&Connection, &mut Pending) -> Result<T, Error>,
    ) -> Result<T, StoreError> {
        let mut slot = self.writer.lock();
        let Writer { connection, pending } = slot.as_mut().ok_or(StoreError::Closed)?;
        // Taken out, so that nothing of it stays should the work fail.
        let mut known = std::mem::take(pending);
        let run = || {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = work(&transaction, &mut known)?;
            transaction.commit()?;
            *pending = known;
            Ok(done)
        };
        run().map_err(|error: Error| error.during(operation))
    }

    /// Runs `work` in one write transaction of which nothing is kept.
    pub(crate) fn try_out<T>(
        &self,
        operation: &'static str,
        work: impl FnOnce(&Connection) -> Result<T, Error>,
    ) -> Result<T, StoreError> {
        let mut slot = self.writer.lock();
        let Writer { connection, .. } = slot.as_mut().ok_or(StoreError::Closed)?;
        let run = || {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = work(&transaction)?;
            transaction.rollback()?;
            Ok(done)
        };
        run().map_err(|error: Error| error.during(operation))
    }

    /// Runs `work` in one read transaction on a connection of its own: all of it sees one state.
    pub(crate) fn read_with<T>(
        &self,
        operation: &'static str,
        work: impl FnOnce(&Connection) -> Result<T, Error>,
    ) -> Result<T, StoreError> {
        let run = || {
            if self.closed.load(Ordering::Acquire) {
                return Err(Error::Closed);
            }
            let kept = self.readers.lock().pop();
            let mut reader = kept.map_or_else(|| db::connect(&self.path, &self.key, Access::Read), Ok)?;
            let transaction = reader.transaction_with_behavior(TransactionBehavior::Deferred)?;
            let done = work(&transaction)?;
            transaction.commit()?;
            let mut readers = self.readers.lock();
            if readers.len() < READERS_KEPT && !self.closed.load(Ordering::Acquire) {
                readers.push(reader);
            }
            Ok(done)
        };
        run().map_err(|error: Error| error.during(operation))
    }

    /// The records a query of one kind finds, typed. The query yields id, version, pending and body first.
    pub(crate) fn found<T: Typed>(
        &self,
        operation: &'static str,
        sql: &str,
        params: impl Params,
    ) -> Result<Vec<Found<T>>, StoreError> {
        self.read_with(operation, |db| found(db, sql, params))
    }
}

#[cfg(test)]
mod tests;
