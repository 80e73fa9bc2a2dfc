//! Lists that go on: a page begins after the last record of the page before, wherever that stands by now.

use haitang_domain::{Code, Id, Key, Refusal};
use rusqlite::{Connection, Params};

use crate::error::Error;
use crate::record::{Found, Typed, load};

/// Comes before every id.
pub(crate) const FIRST: [u8; 16] = [0; 16];
/// Comes after every id.
pub(crate) const LAST: [u8; 16] = [0xff; 16];

/// The record that the page before ended with; refused as `missing` where it is gone, so that the list is begun anew.
pub(crate) fn anchor<T: Typed>(db: &Connection, after: Option<Id>) -> Result<Option<(T, Id)>, Error> {
    let Some(id) = after else { return Ok(None) };
    let missing = || Refusal::new(Code::Missing).with("kind", T::KIND.name());
    let stored = load(db, Key::new(T::KIND, id))?.ok_or_else(missing)?;
    Ok(Some((serde_json::from_str(&stored.body)?, id)))
}

/// The records a query of one kind finds, typed. The query yields id, version, pending and body first.
pub(crate) fn found<T: Typed>(db: &Connection, sql: &str, params: impl Params) -> Result<Vec<Found<T>>, Error> {
    db.prepare_cached(sql)?.query_and_then(params, |row| Found::read(row, 0))?.collect()
}

/// One list of several that are each in order: the first `limit` records of all, each once.
pub(crate) fn merged<T, K: Ord>(mut all: Vec<Found<T>>, limit: u32, key: impl Fn(&Found<T>) -> K) -> Vec<Found<T>> {
    all.sort_by_cached_key(|found| (key(found), found.id));
    all.dedup_by_key(|found| found.id);
    all.truncate(limit as usize);
    all
}

/// A text by which others of its kind are put in order as people would: number 2 comes before number 12.
pub(crate) fn natural(text: &str) -> String {
    let (mut key, mut number) = (String::with_capacity(text.len() + 16), String::new());
    for c in text.chars().map(Some).chain([None]) {
        if let Some(digit) = c.filter(char::is_ascii_digit) {
            number.push(digit);
            continue;
        }
        if !number.is_empty() {
            let digits = number.trim_start_matches('0');
            // Longer numbers are greater, whatever they begin with.
            key.push(char::from(b'0' + digits.len().min(60) as u8));
            key.push_str(digits);
            number.clear();
        }
        key.extend(c);
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_addresses_count_as_numbers() {
        let mut places =
            ["海棠路12号", "海棠路2号", "海棠路", "海棠路02号楼", "3", "海棠路2号1单元", "海棠路112号", "20", "海棠园9号"];
        places.sort_by_cached_key(|place| natural(place));
        let want = ["3", "20", "海棠园9号", "海棠路", "海棠路2号", "海棠路2号1单元", "海棠路02号楼", "海棠路12号", "海棠路112号"];
        assert_eq!(places, want);
    }
}
