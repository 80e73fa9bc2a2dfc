//! A server over the town, and the network in front of it.

use std::path::Path;
use std::sync::Arc;

use haitang_app::domain::record::Typed;
use haitang_app::domain::{Id, Timestamp, Write};
use haitang_server::admin::copy::{backup, restore};
use haitang_server::config::Config;
use haitang_server::http::{Running, Server};
use tempfile::TempDir;

use crate::books::{Books, Logged};
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

fn config(folder: &Path) -> Config {
    Config { disk_free_min_mb: 0, stop_timeout_s: 1, ..Config::local(folder) }
}

impl Site {
    /// A server over a folder of its own.
    pub async fn start() -> Self {
        Self::start_with(tempfile::tempdir().expect("a folder"), vec![]).await
    }

    /// The town and `more` in a folder, a one-time code for each of the members, and no server running.
    pub async fn prepare(folder: &Path, more: impl FnOnce(Timestamp) -> Vec<Write>, members: &[u8]) -> Vec<String> {
        let running = Server::start(config(folder)).await.expect("starts");
        let now = running.app.now();
        let records = town::records(now).into_iter().chain(more(now));
        running.app.hub.seed(records).expect("seeds");
        let mut codes = vec![];
        for member in members {
            codes.push(running.app.accounts.make_code(town::id(*member), None, now).await.expect("a code").0);
        }
        running.stop().await.expect("stops");
        codes
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

    /// What the server has.
    pub fn books(&self) -> Books {
        Books(Arc::clone(&self.running.app))
    }

    /// What the server has of one record.
    pub fn read<T: Typed>(&self, id: Id) -> Option<T> {
        self.books().read(id)
    }

    /// That the phone shows, byte for byte, what the server has for its holder, with nothing pending over it.
    pub fn check_same(&self, handset: &Handset) {
        let member = handset.phone.identity().expect("is enrolled").member;
        self.books().check_same(member, handset.store());
    }

    /// Every command of the log, in the order in which the server took them in.
    pub fn log(&self) -> Vec<Logged> {
        self.books().log()
    }

    /// That the log is whole, its versions dense, and no command in it twice.
    pub fn check_log(&self) {
        self.books().check_log();
    }

    /// The titles of a member's logs on the server, in order.
    pub fn log_titles(&self, member: u8) -> Vec<String> {
        self.books().log_titles(member)
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
