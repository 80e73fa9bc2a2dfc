//! What a server has, looked at behind its counter.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use haitang_app::domain::attachment::Sha256 as FileHash;
use haitang_app::domain::directory::Member;
use haitang_app::domain::record::Typed;
use haitang_app::domain::{Body, Feed, Id, Key, Kind, Refusal, Timestamp};
use haitang_protocol::Envelope;
use haitang_server::admin::verify::verify_log;
use haitang_server::http::App;
use haitang_server::storage::Snapshot;
use haitang_store::Store;
use sha2::{Digest as _, Sha256};

use crate::town;

/// A server's books.
#[derive(Clone)]
pub struct Books(pub Arc<App>);

/// One command as the server's log has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Logged {
    /// Who sent it.
    pub device: Id,
    /// The device's number.
    pub seq: u64,
    /// What it was addressed to.
    pub target: Key,
    /// What was meant, such as `activity.submit_log`, and for what can be done to one record several times, to which part.
    pub action: String,
    /// When it arrived, by the server's clock.
    pub received: Timestamp,
    /// Why it was refused, if it was.
    pub refusal: Option<Refusal>,
}

/// What a command did, for telling one from another on the same record.
fn named(envelope: &Envelope) -> (Key, String) {
    let command = envelope.command().expect("a command of this version");
    let action: serde_json::Value = serde_json::from_slice(&envelope.action).expect("JSON");
    let section = action.pointer("/study/read_section/section").map(|section| format!(" {section}"));
    (command.target, command.action.name() + &section.unwrap_or_default())
}

impl Books {
    /// Looks at one moment of it.
    fn look<T>(&self, mut at: impl FnMut(&dyn Snapshot) -> T) -> T {
        let mut seen = None;
        let looked = self.0.storage().read(&mut |snapshot| {
            seen = Some(at(snapshot));
            Ok(())
        });
        looked.expect("reads");
        seen.expect("was looked at")
    }

    /// What the server has of one record.
    pub fn read<T: Typed>(&self, id: Id) -> Option<T> {
        let stored = self.look(|snapshot| snapshot.record(Key::new(T::KIND, id)).expect("reads"));
        stored.and_then(|stored| T::of(stored.body))
    }

    /// Everything the server has in these feeds, as it travels.
    pub fn records(&self, feeds: impl IntoIterator<Item = Feed>) -> BTreeMap<Key, String> {
        let feeds: Vec<Feed> = feeds.into_iter().collect();
        self.look(|snapshot| {
            let mut found = BTreeMap::new();
            for feed in &feeds {
                for shard in snapshot.shards_of(*feed).expect("reads") {
                    let take = &mut |change: haitang_server::storage::FeedChange<'_>| {
                        let key = Key::new(Kind::from_number(change.kind).expect("a kind"), change.id);
                        found.extend(change.body.map(|body| (key, String::from_utf8(body.to_vec()).expect("text"))));
                        true
                    };
                    snapshot.changes(shard, *feed, 0, false, take).expect("reads");
                }
            }
            found
        })
    }

    /// That a phone's store shows, byte for byte, what the server has for `member`, with nothing pending over it.
    pub fn check_same(&self, member: Id, store: &Store) {
        let records = self.records(self.0.hub.feeds_of(member, self.0.now()).expect("reads"));
        assert!(records.contains_key(&Key::new(Member::KIND, member)), "the holder's own record");
        for (key, body) in &records {
            let row = store.get(*key).expect("reads").unwrap_or_else(|| panic!("{key} is not on the phone"));
            assert!(!row.pending, "{key} has something pending over it");
            assert_eq!(&row.body, body, "{key}");
        }
    }

    /// Every command of the log, in the order in which the server took them in.
    pub fn log(&self) -> Vec<Logged> {
        self.look(|snapshot| {
            let mut all = vec![];
            for (shard, _) in snapshot.shards().expect("reads") {
                let take = &mut |entry: haitang_server::storage::LogEntry| {
                    let (target, action) = named(&Envelope::parse(&entry.envelope).expect("reads"));
                    let refusal = entry.refusal.map(|json| serde_json::from_slice(&json).expect("a refusal"));
                    let (device, seq, received) = (entry.device, entry.seq, entry.received);
                    all.push(Logged { device, seq, target, action, received, refusal });
                    true
                };
                snapshot.log(shard, 0, take).expect("reads");
            }
            all
        })
    }

    /// That the log is whole, its versions dense, and no command in it twice.
    pub fn check_log(&self) {
        for report in verify_log(self.0.storage().as_ref()).expect("walks") {
            assert_eq!(report.fault, None, "shard {}", report.shard);
        }
        let mut numbers = BTreeSet::new();
        for logged in self.log() {
            assert!(numbers.insert((logged.device, logged.seq)), "command {} of {} is there twice", logged.seq, logged.device);
        }
    }

    /// The titles of a member's logs, in order.
    pub fn log_titles(&self, member: u8) -> Vec<String> {
        let records = self.records([Feed::member(town::id(member))]);
        let title = |(key, json): (&Key, &String)| match Body::parse(key.kind, json.as_bytes()).expect("parses") {
            Body::Log(log) => Some(log.content.title),
            _ => None,
        };
        let mut titles: Vec<String> = records.iter().filter_map(title).collect();
        titles.sort();
        titles
    }

    /// Whether the server knows a file and holds it whole.
    pub fn has_file(&self, hash: &FileHash) -> bool {
        let known = self.0.storage().file(hash).expect("reads");
        let name = hash.to_string();
        let path = self.0.config.data.join("files").join(&name[..2]).join(&name[2..4]).join(&name);
        known.is_some_and(|known| {
            std::fs::read(path).is_ok_and(|bytes| bytes.len() as u64 == known.bytes && sha256(&bytes) == name)
        })
    }

    /// That every file in the server's folder has the contents its name says.
    pub fn check_files(&self) {
        let mut folders = vec![self.0.config.data.join("files")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("reads") {
                let path = entry.expect("reads").path();
                if path.is_dir() {
                    folders.push(path);
                } else if let Some(name) = whole_name(&path) {
                    assert_eq!(sha256(&std::fs::read(&path).expect("reads")), name, "{}", path.display());
                }
            }
        }
    }
}

/// The name of a file that calls itself whole; one that is being written has another form of name.
fn whole_name(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    (name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit())).then(|| name.to_owned())
}

/// The SHA-256 of some bytes, in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}
