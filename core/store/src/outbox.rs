//! What is on its way to the server, and what the server refused.

use haitang_domain::evidence::Interval;
use haitang_domain::{Code, Id, Key, Kind, Refusal, Timestamp};
use haitang_protocol::Envelope;
use rusqlite::{Connection, params};
use serde::Serialize;
use serde_json::value::RawValue;

use crate::error::{Error, StoreError};
use crate::record::key_of;
use crate::store::Store;

/// Why a command is still here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnsentState {
    /// The server has not answered it. With the refusal that the phone now expects, where it expects one.
    Waiting(Option<Refusal>),
    /// The server accepted it; the next pull brings what came of it.
    Accepted,
    /// The server refused it. It is for its author to mend, export or discard.
    Refused(Refusal),
}

/// A command that is not settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsent {
    /// The device's number for it.
    pub seq: u64,
    /// What was done, such as `activity.submit_log`.
    pub action: String,
    /// The record it is addressed to.
    pub target: Key,
    /// When it was made, as the phone knew it.
    pub made: Interval,
    /// Why it is still here.
    pub state: UnsentState,
    /// It was made in a feed that this phone no longer reads.
    pub feed_lost: bool,
    /// The action as JSON, to mend or export it.
    pub json: String,
}

/// The form in which unsent work leaves the phone by its author's hand.
#[derive(Serialize)]
struct Exported<'a> {
    seq: u64,
    state: &'a str,
    made: String,
    kind: &'a str,
    id: Id,
    action: Box<RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refusal: Option<&'a Refusal>,
}

/// Commands in one list.
const LIST_MAX: u32 = 1_000;

fn refusal_of(json: Option<String>) -> Option<Refusal> {
    json.map(|json| serde_json::from_str(&json).unwrap_or_else(|_| Code::TooNew.into()))
}

fn list(db: &Connection, sql: &str, refused: bool, after: u64, limit: u32) -> Result<Vec<Unsent>, Error> {
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query(params![after.cast_signed(), limit])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let envelope = Envelope::parse(row.get_ref(1)?.as_bytes().map_err(rusqlite::Error::from)?);
        let envelope = envelope.map_err(|_| Error::Corrupt("a command in the outbox cannot be read".into()))?;
        let refusal = refusal_of(row.get(7)?);
        let state = match (refused, row.get::<_, Option<i64>>(6)?) {
            (true, _) => UnsentState::Refused(refusal.unwrap_or_else(|| Code::TooNew.into())),
            (false, Some(_)) => UnsentState::Accepted,
            (false, None) => UnsentState::Waiting(refusal),
        };
        found.push(Unsent {
            seq: row.get::<_, i64>(0)?.cast_unsigned(),
            action: envelope.command().map(|command| command.action.name()).unwrap_or_default(),
            target: key_of(row.get(2)?, row.get(3)?).unwrap_or(Key::new(Kind::Org, envelope.id)),
            made: Interval { earliest: Timestamp::from_millis(row.get(4)?), latest: Timestamp::from_millis(row.get(5)?) },
            state,
            feed_lost: row.get(8)?,
            json: String::from_utf8_lossy(&envelope.action).into_owned(),
        });
    }
    Ok(found)
}

impl Store {
    /// How many commands are not settled: waiting for the server, or refused by it.
    pub fn unsent(&self) -> Result<u64, StoreError> {
        self.read_with("unsent", |db| {
            let count = |row: &rusqlite::Row<'_>| row.get::<_, i64>(0);
            Ok(db.prepare_cached(include_str!("outbox/unsent.sql"))?.query_row([], count)?.cast_unsigned())
        })
    }

    /// Commands that wait for the server or for a pull, in their order, from after `after`; at most 1,000.
    pub fn waiting(&self, after: u64, limit: u32) -> Result<Vec<Unsent>, StoreError> {
        self.read_with("waiting", |db| list(db, include_str!("outbox/waiting.sql"), false, after, limit.min(LIST_MAX)))
    }

    /// Commands the server refused, in their order, from after `after`; at most 1,000.
    pub fn refused(&self, after: u64, limit: u32) -> Result<Vec<Unsent>, StoreError> {
        self.read_with("refused", |db| list(db, include_str!("outbox/refused.sql"), true, after, limit.min(LIST_MAX)))
    }

    /// Drops a refused command, by its author's will. Returns whether there was one.
    pub fn discard_refused(&self, seq: u64) -> Result<bool, StoreError> {
        self.write("discard_refused", |db| {
            Ok(db.prepare_cached(include_str!("outbox/discard.sql"))?.execute([seq.cast_signed()])? > 0)
        })
    }

    /// Everything that is not settled, as JSON that a person or another program can read: a list of commands with their state,
    /// time, target, action and refusal.
    pub fn export_unsent(&self) -> Result<String, StoreError> {
        self.read_with("export_unsent", |db| {
            let mut all = list(db, include_str!("outbox/refused.sql"), true, 0, u32::MAX)?;
            all.extend(list(db, include_str!("outbox/waiting.sql"), false, 0, u32::MAX)?);
            let export = |unsent: &Unsent| {
                let (state, refusal) = match &unsent.state {
                    UnsentState::Waiting(doubt) => ("waiting", doubt.as_ref()),
                    UnsentState::Accepted => ("accepted", None),
                    UnsentState::Refused(refusal) => ("refused", Some(refusal)),
                };
                Ok(serde_json::to_value(Exported {
                    seq: unsent.seq,
                    state,
                    made: unsent.made.latest.rfc3339(),
                    kind: unsent.target.kind.name(),
                    id: unsent.target.id,
                    action: RawValue::from_string(unsent.json.clone())?,
                    refusal,
                })?)
            };
            let all = all.iter().map(export).collect::<Result<Vec<_>, Error>>()?;
            Ok(serde_json::to_string_pretty(&all)?)
        })
    }
}
