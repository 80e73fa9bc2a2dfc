//! The schema's versions, each a file; a database of any of them is brought to the newest.

use rusqlite::{Connection, TransactionBehavior};

use crate::storage::{Result, StorageError};

/// Every step, in order.
const STEPS: &[&str] = &[include_str!("schema/0001.sql"), include_str!("schema/0002.sql")];
/// The newest version.
pub(super) const NEWEST: i64 = STEPS.len() as i64;

fn version(connection: &Connection) -> Result<i64> {
    Ok(connection.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

/// Brings the database to the newest version, all of it or nothing. One of a newer version is left alone.
pub(super) fn migrate(connection: &mut Connection) -> Result<()> {
    let found = version(connection)?;
    if found == NEWEST {
        return Ok(());
    }
    let known = |found: i64| {
        let newer = || StorageError::Fault(format!("the data is of the newer version {found}; this server knows {NEWEST}"));
        usize::try_from(found).ok().and_then(|found| STEPS.get(found..)).ok_or_else(newer)
    };
    known(found)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Asked again inside: another process may have been first.
    for step in known(version(&transaction)?)? {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "user_version", NEWEST)?;
    transaction.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests;
