//! The disk bites, and SQLite with full syncs survives it.

use haitang_disk::Disk;
use rusqlite::Connection;
use tempfile::TempDir;

fn open(folder: &TempDir, synchronous: &str) -> Connection {
    let db = Connection::open(folder.path().join("a.db")).expect("opens");
    db.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).expect("sets");
    db.pragma_update(None, "synchronous", synchronous).expect("sets");
    db.execute_batch("CREATE TABLE IF NOT EXISTS t (n INTEGER PRIMARY KEY, x BLOB)").expect("makes");
    db
}

/// Commits until the power goes; which of the numbers were acknowledged.
fn commit_until_dark(db: &Connection, from: i64) -> i64 {
    for n in from.. {
        if db.execute("INSERT INTO t VALUES (?1, randomblob(3000))", [n]).is_err() {
            return n;
        }
    }
    unreachable!("the power goes before the numbers end")
}

fn numbers(db: &Connection) -> i64 {
    let (count, max): (i64, i64) =
        db.query_row("SELECT count(*), coalesce(max(n), -1) FROM t", [], |row| Ok((row.get(0)?, row.get(1)?))).expect("reads");
    assert_eq!(count, max + 1, "dense");
    assert_eq!(db.query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0)).expect("checks"), "ok");
    count
}

/// Cuts the power again and again; how often something acknowledged was lost, and how often a database was damaged.
fn losses(synchronous: &str, rounds: u64) -> (u64, u64) {
    let mut lost = 0;
    let mut torn = 0;
    for seed in 0..rounds {
        let folder = tempfile::tempdir().expect("a folder");
        let disk = Disk::over(folder.path());
        let mut have = 0;
        for cut in 0..3 {
            let db = open(&folder, synchronous);
            db.query_row("PRAGMA wal_autocheckpoint = 5", [], |_| Ok(())).expect("sets");
            disk.cut_after(Some(3 + (seed * 7 + cut * 13) % 60));
            let acknowledged = commit_until_dark(&db, have);
            assert!(disk.is_off());
            drop(db);
            torn += disk.cut_power(seed);
            have = numbers(&open(&folder, synchronous));
            lost += u64::from(have < acknowledged);
        }
    }
    (lost, torn)
}

#[test]
fn what_was_synced_survives_every_cut() {
    let (lost, torn) = losses("FULL", 60);
    assert_eq!(lost, 0);
    assert!(torn > 100, "sectors were really torn: {torn}");
}

#[test]
fn without_syncs_acknowledged_commits_are_lost() {
    let (lost, _) = losses("NORMAL", 20);
    assert!(lost > 0, "the disk bites");
}

#[test]
fn a_full_disk_and_a_failing_sync_are_told_and_pass() {
    let folder = tempfile::tempdir().expect("a folder");
    let disk = Disk::over(folder.path());
    let db = open(&folder, "FULL");
    let insert = |n: i64| db.execute("INSERT INTO t VALUES (?1, randomblob(9000))", [n]);
    insert(0).expect("writes");
    disk.fill(true);
    let failed = insert(1).expect_err("is full");
    assert_eq!(failed.sqlite_error_code(), Some(rusqlite::ErrorCode::DiskFull));
    disk.fill(false);
    disk.fail_syncs(1);
    let failed = insert(1).expect_err("does not sync");
    assert_eq!(failed.sqlite_error_code(), Some(rusqlite::ErrorCode::SystemIoFailure));
    insert(1).expect("writes again");
    assert_eq!(numbers(&db), 2);
    assert!(disk.steps() > 0);
}
