//! The headers of an upload, and the file of settings.

use std::cell::RefCell;

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use haitang_domain::attachment::FILE_BYTES_MAX;
use haitang_server::config::Settings;
use haitang_server::http::files::header;

/// Headers, one a line: its value after the name's first letter.
pub fn tus(bytes: &[u8]) {
    let mut headers = HeaderMap::new();
    for line in bytes.split(|byte| *byte == b'\n') {
        let Some((name, value)) = line.split_first() else { continue };
        let name: HeaderName = match name {
            b'R' => header::RESUMABLE,
            b'O' => header::OFFSET,
            b'L' => header::LENGTH,
            b'M' => header::METADATA,
            b'C' => header::CHECKSUM,
            _ => continue,
        };
        if let Ok(value) = HeaderValue::from_bytes(value) {
            headers.append(name, value);
        }
    }
    let _ = header::check_version(&headers);
    let _ = header::number(&headers, &header::OFFSET);
    let _ = header::checksum(&headers);
    if let Ok(announced) = header::announced(&headers) {
        assert!(announced.bytes <= FILE_BYTES_MAX);
        assert!(announced.name.chars().count() <= 200 && announced.media_type.len() <= 100);
        // It goes back out as a header when the file is read.
        assert!(HeaderValue::from_str(&announced.media_type).is_ok());
    }
}

pub fn tus_seeds() -> Vec<Vec<u8>> {
    let metadata = "Msha256 YWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYg==,media_type aW1hZ2UvanBlZw==,name eA==";
    vec![
        format!("R1.0.0\nL300000\n{metadata}").into_bytes(),
        b"R1.0.0\nO100000\nCsha1 2jmj7l5rSw0yVb/vlWAYkK/YBwk=".to_vec(),
        b"R0.2.2\nL\nM".to_vec(),
    ]
}

thread_local! {
    static FOLDER: RefCell<Option<tempfile::TempDir>> = const { RefCell::new(None) };
}

/// A file of settings: declined with what is wrong, or a configuration that a server could start with.
pub fn config(bytes: &[u8]) {
    FOLDER.with_borrow_mut(|slot| {
        let folder = slot.get_or_insert_with(|| tempfile::tempdir().expect("a folder"));
        let path = folder.path().join("haitang.toml");
        std::fs::write(&path, bytes).expect("writes");
        match Settings::default().into_config(Some(&path)) {
            Ok(config) => {
                assert!(config.requests_max > 0 && config.attempts_per_minute > 0 && config.request_timeout_s > 0);
                assert_eq!(config.tls_cert.is_some(), config.tls_key.is_some());
                assert!(config.url(config.listen).starts_with("http"));
            }
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    });
}

pub fn config_seeds() -> Vec<Vec<u8>> {
    vec![
        b"data = \"/srv/haitang\"\nlisten = \"127.0.0.1:8080\"\nrequests_max = 7\nlog_format = \"json\"\n".to_vec(),
        b"public_url = \"https://haitang.example\"\ntls_cert = \"a.pem\"\ntls_key = \"b.pem\"\nupload_days = 3\n".to_vec(),
        b"attempts_per_minute = 5\ntrust_forwarded = true\nmetrics_token = \"x\"\n".to_vec(),
    ]
}
