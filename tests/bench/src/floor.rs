//! Floors: the same rows, by bare SQLite.

use std::path::Path;
use std::time::Duration;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use crate::report::timed;

/// Opens a database as the phone (with a key) or the server (without) does, with the same settings.
pub fn open(path: &Path, key: Option<&[u8; 32]>) -> Connection {
    let connection = Connection::open(path).expect("opens");
    if let Some(key) = key {
        let hex = key.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
        connection.pragma_update(None, "key", format!("x'{hex}'")).expect("key");
        connection.pragma_update(None, "cipher_memory_security", "OFF").expect("pragma");
    }
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).expect("wal");
    connection.pragma_update(None, "synchronous", "FULL").expect("synchronous");
    connection.pragma_update(None, "temp_store", "MEMORY").expect("temp_store");
    connection.pragma_update(None, "cache_size", -16 * 1024).expect("cache_size");
    connection.query_row("PRAGMA wal_autocheckpoint = 4000", [], |_| Ok(())).expect("checkpoint");
    connection
}

/// The rows of one table, in memory.
struct Rows {
    insert: String,
    rows: Vec<Vec<Value>>,
}

/// The rows of a table, such as `record`, or some of them, such as `record WHERE version > 7`.
fn read(from: &Connection, rows: &str) -> Rows {
    let table = rows.split(' ').next().expect("names a table");
    let mut statement = from.prepare(&format!("SELECT * FROM {rows}")).expect("the table is there");
    let count = statement.column_count();
    let places = vec!["?"; count].join(",");
    let rows = statement
        .query_map([], |row| (0..count).map(|i| row.get::<_, Value>(i)).collect::<Result<Vec<_>, _>>())
        .expect("reads")
        .collect::<Result<Vec<_>, _>>()
        .expect("rows");
    Rows { insert: format!("INSERT OR REPLACE INTO {table} VALUES ({places})"), rows }
}

/// Puts the rows of `tables` (each as in [`read`]) in `source` into a new database with the same schema, settings and key, in
/// transactions of `batch` rows of the longest table (all in one when it is 0), and says how long the inserting took. The reading
/// before it is not counted.
pub fn reinsert(source: &Path, key: Option<&[u8; 32]>, tables: &[&str], batch: usize) -> Duration {
    let from = open(source, key);
    let folder = tempfile::tempdir_in(source.parent().expect("has a folder")).expect("a folder");
    let to = open(&folder.path().join("floor.db"), key);
    // The rows come from where they were checked; here they may come in any order.
    to.pragma_update(None, "foreign_keys", false).expect("pragma");
    let mut schema = from
        .prepare("SELECT sql, name FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search%' ORDER BY type = 'index', type = 'view', rowid")
        .expect("schema");
    let statements = schema.query_map([], |row| row.get::<_, String>(0)).expect("schema").collect::<Result<Vec<_>, _>>();
    for sql in statements.expect("schema") {
        to.execute_batch(&sql).unwrap_or_else(|error| panic!("{error}: {sql}"));
    }
    // What the schema itself puts in is put in again from the source.
    let all: Vec<Rows> = tables.iter().map(|table| read(&from, table)).collect();
    let most = all.iter().map(|table| table.rows.len()).max().unwrap_or(0);
    let steps = if batch == 0 { 1 } else { most.div_ceil(batch) };
    let (took, ()) = timed(|| {
        for step in 0..steps {
            to.execute_batch("BEGIN IMMEDIATE").expect("begins");
            for table in &all {
                let mut insert = to.prepare_cached(&table.insert).expect("prepares");
                let count = table.rows.len();
                for row in &table.rows[count * step / steps..count * (step + 1) / steps] {
                    insert.execute(params_from_iter(row)).expect("inserts");
                }
            }
            to.execute_batch("COMMIT").expect("commits");
        }
    });
    took
}

/// Commits `bytes` into a table of one column `times` times, each in a transaction of its own, and gives the median.
pub fn bare_commits(folder: &Path, key: &[u8; 32], bytes: &[u8], times: usize) -> Duration {
    let connection = open(&folder.join("commits.db"), Some(key));
    connection.execute_batch("CREATE TABLE bytes (no INTEGER PRIMARY KEY, bytes BLOB)").expect("creates");
    let runs = (0..times).map(|_| {
        let (took, ()) = timed(|| {
            connection.execute_batch("BEGIN IMMEDIATE").expect("begins");
            connection
                .prepare_cached("INSERT INTO bytes (bytes) VALUES (?1)")
                .expect("prepares")
                .execute([bytes])
                .expect("inserts");
            connection.execute_batch("COMMIT").expect("commits");
        });
        took
    });
    crate::report::median(runs.collect())
}
