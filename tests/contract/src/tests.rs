//! Every golden file reads, is written again as it is, and is declined when it is cut or damaged.

mod accounts;
mod complete;
mod envelopes;
mod frames;

use std::path::PathBuf;

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden").join(name)
}

/// The text of a golden file, written first where it is missing and that is asked for.
fn text(name: &str, made: &str) -> String {
    let path = path(name);
    if !path.exists() && std::env::var("HAITANG_GOLDEN").as_deref() == Ok("write") {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("makes the folder");
        std::fs::write(&path, format!("{made}\n")).expect("writes");
    }
    let text = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{name} is missing: see the crate's documentation"));
    text.strip_suffix('\n').expect("a line").to_owned()
}

/// The bytes of a golden file in hexadecimal.
fn golden(name: &str, made: &[u8]) -> Vec<u8> {
    hex::decode(text(name, &hex::encode(made))).expect("hexadecimal")
}

/// Every prefix that is not the whole.
fn prefixes(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    (0..bytes.len()).map(|length| &bytes[..length])
}

/// Every copy with one bit the other way round.
fn flips(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    (0..8 * bytes.len()).map(|bit| {
        let mut damaged = bytes.to_vec();
        damaged[bit / 8] ^= 1 << (bit % 8);
        damaged
    })
}
