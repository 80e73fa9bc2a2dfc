//! Where everything is kept, behind one trait, so that another database can follow the first.
//!
//! A [`Snapshot`] is one consistent view. A write is one transaction that touches one shard ([`ShardWriter`]); accounts, devices and files
//! belong to no shard and have calls of their own. Everything blocks: callers run on threads that may wait.
//! `conformance` is the suite that every implementation passes.

pub mod conformance;
mod sqlite;

use haitang_domain::attachment::Sha256;
use haitang_domain::{Body, Feed, Id, Key, Timestamp};
use haitang_protocol::{Problem, ProblemCode};

pub use sqlite::{DATABASE, SqliteStorage};

/// What can go wrong in storage.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The disk is full; the transaction was undone.
    #[error("the disk is full")]
    Full,
    /// Another process holds the database; try again.
    #[error("the database is busy")]
    Busy,
    /// What is stored cannot be read.
    #[error("damaged: {0}")]
    Damaged(String),
    /// Anything else.
    #[error("{0}")]
    Fault(String),
}

impl From<StorageError> for Problem {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Full => Self::new(ProblemCode::StorageFull, "the server's disk is full; nothing was taken in"),
            StorageError::Busy => Self::new(ProblemCode::Unavailable, "the server is busy; try again"),
            other => {
                tracing::error!(%other, "storage fault");
                Self::new(ProblemCode::Internal, "a fault of the server's own")
            }
        }
    }
}

/// Shorthand for what storage returns.
pub type Result<T> = std::result::Result<T, StorageError>;

/// A record as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    /// The storage's own number for it.
    pub no: i64,
    /// The shard it lives in.
    pub shard: Id,
    /// The version of its last change.
    pub version: u64,
    /// What it says.
    pub body: Body,
}

/// One change of a feed, borrowed from the database for as long as it is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeedChange<'a> {
    /// The number of the record's kind.
    pub kind: u8,
    /// The record.
    pub id: Id,
    /// The version of the change.
    pub version: u64,
    /// The body's bytes, or `None` where the record has left the feed.
    pub body: Option<&'a [u8]>,
}

/// Where a shard stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct ShardState {
    /// The version of the last change.
    pub version: u64,
    /// The number of the last entry of the command log.
    pub log_no: u64,
    /// Its hash.
    pub log_hash: [u8; 32],
}

/// Where a device stands in a shard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeviceState {
    /// The number of its last command.
    pub seq: u64,
    /// The link of its chain after that.
    pub hash: [u8; 32],
    /// The earliest moment at which that can have been made: no later command of the device was made before it.
    pub floor: Timestamp,
}

/// One entry of a shard's command log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// Its number, dense from 1.
    pub no: u64,
    /// Who sent it.
    pub device: Id,
    /// The device's number.
    pub seq: u64,
    /// The envelope, as it was signed.
    pub envelope: Vec<u8>,
    /// When it arrived.
    pub received: Timestamp,
    /// The device's monotonic clock at the push.
    pub mono_ms: u64,
    /// The boot that clock belongs to.
    pub boot: Id,
    /// The device's signature over the last link of its batch; on the last command of a batch.
    pub signature: Option<Vec<u8>>,
    /// The shard's version after it.
    pub version: u64,
    /// JSON of the refusal, where it was refused.
    pub refusal: Option<Vec<u8>>,
    /// SHA-256 over the hash before and everything above.
    pub hash: [u8; 32],
}

/// A device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// Its id.
    pub id: Id,
    /// Whose it is.
    pub member: Id,
    /// Its Ed25519 public key.
    pub public_key: [u8; 32],
    /// What its holder calls it.
    pub name: String,
    /// Since when.
    pub enrolled: Timestamp,
    /// When it was revoked.
    pub revoked: Option<Timestamp>,
}

/// A one-time code, by its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnrolCode {
    /// The hash of the code.
    pub hash: [u8; 32],
    /// Whose phone it enrols.
    pub member: Id,
    /// Who asked for it.
    pub by: Option<Id>,
    /// When it was made.
    pub made: Timestamp,
    /// When it ends.
    pub expires: Timestamp,
}

/// An account of a person at a desk.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: Id,
    /// What is typed to log in.
    pub name: String,
    /// Whose it is.
    pub member: Id,
    /// argon2id, in its usual text form.
    pub password_hash: String,
    /// Since when.
    pub made: Timestamp,
    /// It can no longer be used.
    pub closed: bool,
}

/// Shown without the hash of its password.
impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct("Account");
        shown.field("id", &self.id).field("name", &self.name).field("member", &self.member).field("closed", &self.closed);
        shown.finish_non_exhaustive()
    }
}

/// A file that is here whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    /// SHA-256 of its bytes.
    pub sha256: Sha256,
    /// Its length.
    pub bytes: u64,
    /// Its media type.
    pub media_type: String,
    /// Who sent it first.
    pub device: Id,
    /// When it was whole.
    pub arrived: Timestamp,
}

/// An upload under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Its id, in its address.
    pub id: Id,
    /// Whose it is.
    pub device: Id,
    /// What the bytes shall hash to.
    pub sha256: Sha256,
    /// How many there shall be.
    pub bytes: u64,
    /// Their media type.
    pub media_type: String,
    /// What the person called the file.
    pub name: String,
    /// When it is given up.
    pub expires: Timestamp,
}

/// One consistent view of everything.
pub trait Snapshot {
    /// A record, in whatever shard it lives.
    fn record(&self, key: Key) -> Result<Option<Stored>>;
    /// The appointments of a member, in force or not, in whatever shard.
    fn appointments(&self, member: Id) -> Result<Vec<(Id, Body)>>;
    /// The logs of an org that were held from `first` to `last` (milliseconds), by its index.
    fn logs_of(&self, org: Id, first: Timestamp, last: Timestamp) -> Result<Vec<(Id, Body)>>;
    /// The check-ins of an activity.
    fn check_ins_of(&self, activity: Id) -> Result<Vec<Body>>;
    /// Whether a file is here whole.
    fn has_file(&self, sha256: &Sha256) -> Result<bool>;
    /// Every shard and where it stands.
    fn shards(&self) -> Result<Vec<(Id, ShardState)>>;
    /// Where one shard stands; `None` where there is none.
    fn shard(&self, shard: Id) -> Result<Option<ShardState>>;
    /// The shards in which a feed has ever had something.
    fn shards_of(&self, feed: Feed) -> Result<Vec<Id>>;
    /// How many changes a feed has after a version.
    fn waiting(&self, shard: Id, feed: Feed, after: u64) -> Result<u64>;
    /// The changes of a feed after a version, in order, until `visit` returns false. Removals only where `removals`.
    fn changes(
        &self,
        shard: Id,
        feed: Feed,
        after: u64,
        removals: bool,
        visit: &mut dyn FnMut(FeedChange<'_>) -> bool,
    ) -> Result<()>;
    /// The command log of a shard after a number, in order, until `visit` returns false.
    fn log(&self, shard: Id, after: u64, visit: &mut dyn FnMut(LogEntry) -> bool) -> Result<()>;
    /// The versions of a shard's records, in order, until `visit` returns false.
    fn versions(&self, shard: Id, visit: &mut dyn FnMut(Key, u64) -> bool) -> Result<()>;
    /// The public key of a device.
    fn device_key(&self, device: Id) -> Result<Option<[u8; 32]>>;
    /// How far a device has come in a shard.
    fn device_state(&self, shard: Id, device: Id) -> Result<Option<DeviceState>>;
}

/// What the log keeps of one command: its envelope, the shard's version after it, and the refusal where there was one.
pub type Logged = (Vec<u8>, u64, Option<Vec<u8>>);

/// One transaction on one shard.
pub trait ShardWriter {
    /// A record, in whatever shard it lives.
    fn record(&self, key: Key) -> Result<Option<Stored>>;
    /// The appointments of a member, in force or not, in whatever shard.
    fn appointments(&self, member: Id) -> Result<Vec<(Id, Body)>>;
    /// Where the shard stood at the beginning; `None` where it is new.
    fn state(&self) -> Result<Option<ShardState>>;
    /// Writes where the shard stands.
    fn set_state(&mut self, state: &ShardState) -> Result<()>;
    /// Writes a record's body at `version`; `before` is the record as it was. Its feeds are taken from its body: entries of those it
    /// is in move to `version`, and one that it left gets a removal. Returns the storage's number for it.
    fn put(&mut self, key: Key, body: &Body, version: u64, before: Option<&Stored>) -> Result<i64>;
    /// Whether a device was revoked. One that is not known was not.
    fn is_revoked(&self, device: Id) -> Result<bool>;
    /// How far a device has come.
    fn device(&self, device: Id) -> Result<Option<DeviceState>>;
    /// Writes how far a device has come.
    fn set_device(&mut self, device: Id, state: &DeviceState) -> Result<()>;
    /// An entry of the log by the device's number: its envelope, version and refusal.
    fn logged(&self, device: Id, seq: u64) -> Result<Option<Logged>>;
    /// Appends to the log.
    fn append(&mut self, entry: &LogEntry) -> Result<()>;
}

/// What a write does inside its transaction.
pub type Work<'a> = &'a mut dyn FnMut(&mut dyn ShardWriter) -> Result<()>;

/// Everything a server keeps.
pub trait Storage: Send + Sync {
    /// Looks at one consistent view.
    fn read(&self, look: &mut dyn FnMut(&dyn Snapshot) -> Result<()>) -> Result<()>;
    /// Runs `work` in one transaction on one shard: all of it, durably, or nothing.
    fn write(&self, shard: Id, work: Work<'_>) -> Result<()>;

    /// A secret of the server by its name, made by `make` and kept where there is none.
    fn secret(&self, name: &str, make: &dyn Fn() -> Vec<u8>) -> Result<Vec<u8>>;
    /// Replaces a secret.
    fn set_secret(&self, name: &str, value: &[u8]) -> Result<()>;
    /// The epoch to which cursors belong.
    fn epoch(&self) -> Result<Id>;
    /// Begins another epoch, as after a restore.
    fn set_epoch(&self, epoch: Id) -> Result<()>;

    /// A device.
    fn device(&self, id: Id) -> Result<Option<Device>>;
    /// The devices of a member.
    fn devices_of(&self, member: Id) -> Result<Vec<Device>>;
    /// Revokes a device; whether it was there.
    fn revoke_device(&self, id: Id, now: Timestamp) -> Result<bool>;
    /// Keeps a one-time code.
    fn put_enrol_code(&self, code: &EnrolCode) -> Result<()>;
    /// Uses up a code and keeps the device that `make` makes for its member, in one transaction; `None` where the code is unknown, used
    /// or too old, or `make` makes none, and the code stays as it was.
    fn enrol(&self, hash: &[u8; 32], now: Timestamp, make: &dyn Fn(Id) -> Option<Device>) -> Result<Option<Device>>;

    /// An account by its id.
    fn account(&self, id: Id) -> Result<Option<Account>>;
    /// An account by its name.
    fn account_named(&self, name: &str) -> Result<Option<Account>>;
    /// Keeps an account, new or changed.
    fn put_account(&self, account: &Account) -> Result<()>;
    /// Every account.
    fn accounts(&self) -> Result<Vec<Account>>;

    /// A file that is here whole.
    fn file(&self, sha256: &Sha256) -> Result<Option<StoredFile>>;
    /// Notes that a file is here whole.
    fn put_file(&self, file: &StoredFile) -> Result<()>;
    /// An upload.
    fn upload(&self, id: Id) -> Result<Option<Upload>>;
    /// How many uploads of a device are open at `now`.
    fn uploads_of(&self, device: Id, now: Timestamp) -> Result<u32>;
    /// Keeps an upload.
    fn put_upload(&self, upload: &Upload) -> Result<()>;
    /// Forgets an upload.
    fn remove_upload(&self, id: Id) -> Result<()>;
    /// Uploads whose time is over.
    fn uploads_expired(&self, now: Timestamp) -> Result<Vec<Id>>;

    /// Writes a consistent copy of everything while others read and write.
    fn copy_to(&self, path: &std::path::Path) -> Result<()>;
}
