//! A server, and how to look behind its counter.

use std::collections::BTreeMap;
use std::path::Path;

use haitang_app::domain::directory::Member;
use haitang_app::domain::record::Typed;
use haitang_app::domain::{Body, Feed, Id, Key, Kind, Refusal, Timestamp, Write};
use haitang_server::admin::copy::{backup, restore};
use haitang_server::admin::verify::verify_log;
use haitang_server::config::Config;
use haitang_server::http::{Running, Server};
use haitang_server::storage::Snapshot;
use tempfile::TempDir;

use crate::handset::Handset;
use crate::proxy::Proxy;
use crate::town;

/// A server with the town in it, reached through a proxy.
pub struct Site {
    /// The server.
    pub running: Running,
    /// The network in front of it.
    pub proxy: Proxy,
    /// Its data folders, the newest last.
    folders: Vec<TempDir>,
}

/// One command as the server's log has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Logged {
    /// Who sent it.
    pub device: Id,
    /// The device's number.
    pub seq: u64,
    /// Why it was refused, if it was.
    pub refusal: Option<Refusal>,
}

fn config(folder: &Path) -> Config {
    Config { disk_free_min_mb: 0, stop_timeout_s: 1, ..Config::local(folder) }
}

impl Site {
    /// A server over a folder of its own.
    pub async fn start() -> Self {
        Self::start_with(tempfile::tempdir().expect("a folder"), vec![]).await
    }

    /// A server over a folder that outlives it, with the town in it.
    pub async fn start_in(folder: &Path) -> Self {
        let running = Server::start(config(folder)).await.expect("starts");
        running.app.hub.seed(town::records(running.app.now())).expect("seeds");
        let proxy = Proxy::start(running.addr).await;
        Self { running, proxy, folders: vec![] }
    }

    /// A server over `folder`, with `more` besides the town.
    pub async fn start_with(folder: TempDir, more: Vec<Write>) -> Self {
        let running = Server::start(config(folder.path())).await.expect("starts");
        let mut records = town::records(running.app.now());
        records.extend(more);
        running.app.hub.seed(records).expect("seeds");
        let proxy = Proxy::start(running.addr).await;
        Self { running, proxy, folders: vec![folder] }
    }

    /// A one-time code for a member's phone.
    pub async fn code(&self, member: u8) -> String {
        self.running.app.accounts.make_code(town::id(member), None, self.now()).await.expect("a code").0
    }

    /// A new phone of a member, enrolled.
    pub async fn enrolled(&self, member: u8, wall_offset_ms: i64) -> Handset {
        let handset = Handset::new(wall_offset_ms);
        let code = self.code(member).await;
        handset.phone.enrol(&self.proxy.url(), &code, "test").await.expect("enrols");
        handset
    }

    /// A new phone of a member that has synced once.
    pub async fn phone(&self, member: u8) -> Handset {
        let handset = self.enrolled(member, 0).await;
        handset.sync_well().await;
        handset
    }

    /// The server's clock.
    pub fn now(&self) -> Timestamp {
        self.running.app.now()
    }

    fn look<T>(&self, mut at: impl FnMut(&dyn Snapshot) -> T) -> T {
        let mut seen = None;
        let looked = self.running.app.storage().read(&mut |snapshot| {
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

    /// That the phone shows, byte for byte, what the server has for its holder, with nothing pending over it.
    pub fn check_same(&self, handset: &Handset) {
        let member = handset.phone.identity().expect("is enrolled").member;
        let feeds = self.running.app.hub.feeds_of(member, self.now()).expect("reads");
        let records = self.records(feeds);
        assert!(records.contains_key(&Key::new(Member::KIND, member)), "the holder's own record");
        for (key, body) in &records {
            let row = handset.row(*key).unwrap_or_else(|| panic!("{key} is not on the phone"));
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
                    let refusal = entry.refusal.map(|json| serde_json::from_slice(&json).expect("a refusal"));
                    all.push(Logged { device: entry.device, seq: entry.seq, refusal });
                    true
                };
                snapshot.log(shard, 0, take).expect("reads");
            }
            all
        })
    }

    /// That the log is whole, its versions dense, and no command in it twice.
    pub fn check_log(&self) {
        for report in verify_log(self.running.app.storage().as_ref()).expect("walks") {
            assert_eq!(report.fault, None, "shard {}", report.shard);
        }
        let mut numbers: Vec<_> = self.log().into_iter().map(|logged| (logged.device, logged.seq)).collect();
        let all = numbers.len();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), all, "a command is in the log twice");
    }

    /// The titles of a member's logs on the server, in order.
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

    /// Copies everything to a new folder while the server runs.
    pub fn back_up(&self) -> TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        let data = self.folders.last().expect("a folder").path();
        backup(self.running.app.storage().as_ref(), data, &folder.path().join("copy")).expect("copies");
        folder
    }

    /// Loses the server and puts another in its place, over a copy made before.
    pub async fn set_back_to(self, copy: &TempDir) -> Self {
        let Self { running, proxy, mut folders } = self;
        let now = running.app.now();
        running.stop().await.expect("stops");
        let folder = tempfile::tempdir().expect("a folder");
        restore(&copy.path().join("copy"), folder.path(), now).expect("restores");
        let running = Server::start(config(folder.path())).await.expect("starts");
        proxy.lead_to(running.addr);
        folders.push(folder);
        Self { running, proxy, folders }
    }
}
