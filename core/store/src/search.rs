//! Finding things by a word, and people by their name.
//!
//! Most Chinese words have two characters, so runs of Chinese are indexed as overlapping pairs ([`words`]); names of members and
//! orgs also by every reading of theirs ([`pinyin`]). What arrives in a pull is indexed afterwards, in pieces
//! ([`Store::index_some`]); what a command of this phone wrote, with it.

pub(crate) mod index;
pub mod pinyin;
mod readings;
pub mod words;

use haitang_domain::directory::Member;
use haitang_domain::record::Typed as _;
use haitang_domain::{Body, Id, Key, Kind};
use rusqlite::{Connection, params};

use crate::error::{Error, StoreError};
use crate::record::key_of;
use crate::store::Store;

/// Names that are looked at to show the best of them first.
const NAMES_MAX: u32 = 150;

/// What the words of a record are, as the full text index is asked for them. `None` where there is nothing to look for.
///
/// Every word must be there; the last may be the beginning of one, and letters may also be the reading of a name.
fn question(text: &str, kinds: &[Kind]) -> Option<String> {
    let terms = words::asked(text);
    if terms.is_empty() {
        return None;
    }
    let mut parts = Vec::new();
    if !kinds.is_empty() {
        let kinds: Vec<_> = kinds.iter().map(|kind| format!("\"k{}\"", *kind as u8)).collect();
        parts.push(format!("kind : ({})", kinds.join(" OR ")));
    }
    for term in &terms {
        let star = if term.is_prefix { " *" } else { "" };
        let word = format!("word : \"{}\"{star}", term.text);
        parts.push(if term.text.is_ascii() && !term.text.starts_with(|c: char| c.is_ascii_digit()) {
            format!("({word} OR pinyin : \"{}\" *)", term.text)
        } else {
            word
        });
    }
    Some(parts.join(" AND "))
}

fn find(db: &Connection, question: &str, limit: u32) -> Result<Vec<(Key, String)>, Error> {
    let mut statement = db.prepare_cached(include_str!("search/find.sql"))?;
    let mut rows = statement.query(params![question, limit])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        if let Some(key) = key_of(row.get(0)?, row.get(1)?) {
            found.push((key, row.get(2)?));
        }
    }
    Ok(found)
}

impl Store {
    /// Records of `kinds` (of any kind, where none is named) that hold all the words of `text`, the newest first.
    ///
    /// Notices, studies, papers, activities, logs, tasks, routines, reports, households, grids, members and orgs can be found.
    pub fn search(&self, text: &str, kinds: &[Kind], limit: u32) -> Result<Vec<Key>, StoreError> {
        let Some(question) = question(text, kinds) else { return Ok(vec![]) };
        self.read_with("search", |db| Ok(find(db, &question, limit)?.into_iter().map(|(key, _)| key).collect()))
    }

    /// Members whose name fits `text`: its characters, full pinyin, the beginning of it, or initials; polyphones by each reading.
    /// Whole matches and short names first.
    pub fn search_names(&self, text: &str, limit: u32) -> Result<Vec<Id>, StoreError> {
        let Some(question) = pinyin::question(text) else { return Ok(vec![]) };
        self.read_with("search_names", |db| {
            let named = |(key, json): (Key, String)| {
                let name = Member::of(Body::parse(key.kind, json.as_bytes()).ok()?)?.name;
                Some((pinyin::distance(&name, text), name.chars().count(), name, key.id))
            };
            let mut found: Vec<_> = find(db, &question, NAMES_MAX)?.into_iter().filter_map(named).collect();
            found.sort();
            Ok(found.into_iter().take(limit as usize).map(|(.., id)| id).collect())
        })
    }

    /// Indexes at most `limit` records that are not in search as they stand, and says how many are left. Call it after a pull, until
    /// it says 0; it can be stopped and gone on with at any time.
    pub fn index_some(&self, limit: u32) -> Result<u64, StoreError> {
        self.write("index_some", |db| index::some(db, limit))
    }
}

#[cfg(test)]
mod tests;
