//! One file for each command of the program.

pub mod account;
pub mod backup;
pub mod describe;
pub mod enrol_code;
pub mod ledger;
pub mod revoke;
pub mod serve;

use std::sync::Arc;

use haitang_domain::directory::Member;
use haitang_domain::record::Typed;
use haitang_domain::{Id, Key, Kind};
use haitang_protocol::Problem;
use haitang_server::account::access::look;
use haitang_server::config::{Config, ConfigError};
use haitang_server::http::{App, StartError};
use haitang_server::storage::{Snapshot, Storage, StorageError};

/// Why a command failed, in a sentence for the operator.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The configuration.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The server did not start, or the data cannot be opened.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The storage.
    #[error("storage: {0}")]
    Storage(#[from] StorageError),
    /// A problem that a phone would be told.
    #[error("{0}")]
    Problem(#[from] Problem),
    /// Files and terminals.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// Anything with a sentence of its own.
    #[error("{0}")]
    Told(String),
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::Told(error.to_string())
    }
}

/// The data of a server that need not be running. A folder that has none is told as such, and not filled.
pub async fn open(config: Config) -> Result<Arc<App>, Failure> {
    if !config.data.exists() {
        return Err(Failure::Told(format!("there is no data in {}; name the folder with --data", config.data.display())));
    }
    Ok(App::open(config).await?)
}

/// Whoever is meant by an id or a name.
pub fn find_member(storage: &dyn Storage, id: Option<Id>, name: Option<&str>) -> Result<(Id, Member), Failure> {
    let found = look(storage, |snapshot| match (id, name) {
        (Some(id), _) => Ok(member(snapshot, id)?.into_iter().map(|member| (id, member)).collect()),
        (None, name) => members_named(snapshot, name.unwrap_or_default()),
    })?;
    let mut found = found.into_iter();
    match (found.next(), found.next()) {
        (Some(only), None) => Ok(only),
        (None, _) => Err(Failure::Told("there is no such member".into())),
        (Some(one), Some(two)) => {
            let all = [one, two]
                .into_iter()
                .chain(found)
                .map(|(id, member)| format!("\n  {id}  {} of org {}", member.name, member.org));
            Err(Failure::Told(format!("several members have this name; give the id of one:{}", all.collect::<String>())))
        }
    }
}

fn member(snapshot: &dyn Snapshot, id: Id) -> Result<Option<Member>, StorageError> {
    Ok(snapshot.record(Key::new(Kind::Member, id))?.and_then(|stored| Member::of(stored.body)))
}

/// Every member of this name: looks through all of them, which takes a few seconds in a large city.
fn members_named(snapshot: &dyn Snapshot, name: &str) -> Result<Vec<(Id, Member)>, StorageError> {
    let mut ids = Vec::new();
    for (shard, _) in snapshot.shards()? {
        snapshot.versions(shard, &mut |key, _| {
            if key.kind == Kind::Member {
                ids.push(key.id);
            }
            true
        })?;
    }
    let mut found = Vec::new();
    for id in ids {
        if let Some(member) = member(snapshot, id)?.filter(|member| member.name == name) {
            found.push((id, member));
        }
    }
    Ok(found)
}
