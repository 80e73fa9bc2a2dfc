//! The encrypted SQLite runs over AWS-LC, and opens what was written while it ran over OpenSSL 3.0.19: the files in `of_openssl`.

use std::path::Path;

use rusqlite::Connection;

/// What the table `note` of a file written over OpenSSL holds, once `unlock` has been said and a row been added.
fn notes(file: &str, unlock: &str) -> rusqlite::Result<Vec<String>> {
    // A copy: opening takes locks, and the originals stay as they were written.
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(file);
    std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/of_openssl").join(file), &path).expect("copies");
    let open = || -> rusqlite::Result<Connection> {
        let connection = Connection::open(&path)?;
        connection.execute_batch(unlock)?;
        Ok(connection)
    };
    open()?.execute("INSERT INTO note (text) VALUES ('a third')", [])?;
    let connection = open()?;
    let all = |query: &str| -> rusqlite::Result<Vec<String>> {
        let mut statement = connection.prepare(query)?;
        statement.query_map([], |row| row.get(0))?.collect()
    };
    assert_eq!(all("PRAGMA cipher_integrity_check")?, Vec::<String>::new(), "every page's seal holds");
    all("SELECT text FROM note ORDER BY id")
}

const RAW_KEY: &str = "PRAGMA key = \"x'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'\"";

#[test]
fn opens_what_was_written_over_openssl() {
    // SQLCipher 4's defaults with a raw key, as phones have it; then what only its settings can ask for: the other two digests.
    let sha256 = "PRAGMA key = 'haitang'; PRAGMA cipher_kdf_algorithm = PBKDF2_HMAC_SHA256;
        PRAGMA cipher_hmac_algorithm = HMAC_SHA256; PRAGMA kdf_iter = 4000";
    let sha1 = "PRAGMA key = 'haitang'; PRAGMA cipher_compatibility = 3; PRAGMA kdf_iter = 4000";
    for (file, unlock) in [("raw_key.db", RAW_KEY), ("sha256.db", sha256), ("sha1.db", sha1)] {
        let found = notes(file, unlock).unwrap_or_else(|error| panic!("{file}: {error}"));
        assert_eq!(found, ["海棠花开了", "the second", "a third"], "{file}");
    }
}

#[test]
fn a_wrong_key_opens_nothing() {
    let wrong = RAW_KEY.replace("1e1f", "1e20");
    let error = notes("raw_key.db", &wrong).expect_err("is not opened");
    assert_eq!(error.sqlite_error_code(), Some(rusqlite::ErrorCode::NotADatabase));
}

#[test]
fn runs_over_aws_lc() {
    let connection = Connection::open_in_memory().expect("opens");
    connection.execute_batch(RAW_KEY).expect("is given a key");
    let version: String = connection.query_row("PRAGMA cipher_provider_version", [], |row| row.get(0)).expect("tells");
    assert!(version.contains("AWS-LC"), "{version}");
}
