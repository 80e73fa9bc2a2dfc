//! The schema's versions, each a file; a database of any of them is brought to the newest.

use rusqlite::{Connection, TransactionBehavior};

use crate::error::Error;

/// Every step, in order. Small DDL only: what has to be filled is filled in resumable pieces afterwards.
const STEPS: &[&str] = &[include_str!("schema/0001.sql"), include_str!("schema/0002.sql")];

fn version(connection: &Connection) -> Result<usize, Error> {
    let found: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    usize::try_from(found).ok().filter(|found| *found <= STEPS.len()).ok_or(Error::TooNew(found))
}

/// Brings the database to the newest version, all of it or nothing.
pub(crate) fn migrate(connection: &Connection) -> Result<(), Error> {
    if version(connection)? == STEPS.len() {
        return Ok(());
    }
    let transaction = rusqlite::Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    // Asked again inside: another process may have been quicker.
    for step in &STEPS[version(&transaction)?..] {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "user_version", STEPS.len() as i64)?;
    transaction.commit()?;
    Ok(())
}

#[cfg(test)]
mod upgrade;

#[cfg(test)]
mod tests {
    use super::*;

    /// The schemas as they were when each version was new. Written once, never changed.
    const FROZEN: &[&str] = &[include_str!("schema/frozen/0001.sql"), include_str!("schema/frozen/0002.sql")];

    /// All that the schema consists of, but for what the full-text index keeps for itself.
    fn dump(connection: &Connection) -> String {
        let mut statement = connection
            .prepare(
                "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND (name NOT GLOB 'search_*') AND name NOT GLOB 'sqlite_*'
                 ORDER BY type = 'view', type = 'index', rowid",
            )
            .expect("prepares");
        let rows = statement.query_map([], |row| row.get::<_, String>(0)).expect("reads");
        rows.map(|row| row.expect("a text") + ";\n").collect()
    }

    /// Writes down the newest version: `cargo test -p haitang-store freeze -- --ignored`, once, when it is new.
    #[test]
    #[ignore = "writes into the source"]
    fn freeze() {
        let path = format!("{}/src/schema/frozen/{:04}.sql", env!("CARGO_MANIFEST_DIR"), STEPS.len());
        std::fs::write(path, dump(&fresh())).expect("writes");
    }

    fn fresh() -> Connection {
        let connection = Connection::open_in_memory().expect("opens");
        migrate(&connection).expect("migrates");
        connection
    }

    #[test]
    fn every_earlier_version_is_upgraded_to_what_a_fresh_one_is() {
        assert_eq!(FROZEN.len(), STEPS.len(), "freeze the new version beside its step");
        for (n, frozen) in FROZEN.iter().enumerate() {
            let old = Connection::open_in_memory().expect("opens");
            old.execute_batch(frozen).expect("is a schema");
            old.execute_batch("INSERT INTO progress VALUES (1, NULL, 0, 0, 0)").expect("has progress");
            old.pragma_update(None, "user_version", n as i64 + 1).expect("sets");
            migrate(&old).expect("migrates");
            assert_eq!(dump(&old), dump(&fresh()), "from version {}", n + 1);
        }
    }

    #[test]
    fn the_newest_version_is_frozen_as_it_is() {
        assert_eq!(dump(&fresh()), *FROZEN.last().expect("one"), "a released schema never changes; add a step");
    }

    #[test]
    fn a_database_of_a_newer_app_is_left_alone() {
        let connection = fresh();
        connection.pragma_update(None, "user_version", 99).expect("sets");
        assert!(matches!(migrate(&connection), Err(Error::TooNew(99))));
    }
}
