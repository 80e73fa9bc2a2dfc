//! Doing something: judged, applied, chained and kept in one transaction.

use std::collections::BTreeMap;

use haitang_domain::attachment::Attachment;
use haitang_domain::evidence::{Interval, Times};
use haitang_domain::record::Typed;
use haitang_domain::{Action, Body, Code, Command, Id, Key, Kind, Refusal, Write, activity, notice, task};
use haitang_protocol::limits::ENVELOPE_BYTES_MAX;
use haitang_protocol::{ChainHash, Envelope};
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::error::{Error, StoreError};
use crate::identity::{self, Identity};
use crate::lens::Lens;
use crate::replay::Touched;
use crate::store::Store;
use crate::{file, record, search};

/// What one person means to do, and when that is.
#[derive(Clone, Debug, PartialEq)]
pub struct Undertaking {
    /// What.
    pub command: Command,
    /// What the phone knows of the time.
    pub times: Times,
    /// When that is, as well as the phone can tell.
    pub made: Interval,
}

/// What was done.
#[derive(Clone, Debug, PartialEq)]
pub struct Performed {
    /// The device's number for the command.
    pub seq: u64,
    /// The records that the command read and wrote, as they are now.
    records: BTreeMap<Key, Body>,
}

impl Performed {
    /// What a record that the command read or wrote says now, without its being read again.
    pub fn record<T: Typed>(&self, id: Id) -> Option<&T> {
        self.records.get(&Key::new(T::KIND, id)).and_then(T::of_ref)
    }
}

impl Store {
    /// Does what `command` says, at once and durably, and puts it into the outbox.
    ///
    /// Refused as [`StoreError::Refused`] where the rules, as far as the phone can tell, say no.
    pub fn perform(&self, command: &Command, times: Times, made: Interval) -> Result<Performed, StoreError> {
        self.write("perform", |db| perform(db, &identity::load(db)?, command, times, made))
    }

    /// What the rules would say to each of these, done now, as far as the phone can tell; `None` where they would let it be done.
    /// Nothing is done.
    pub fn judge(&self, commands: &[Command], made: Interval) -> Result<Vec<Option<Refusal>>, StoreError> {
        self.read_with("judge", |db| {
            let (me, lens) = (identity::load(db)?, Lens::shown(db));
            let judged = |command| match lens.judge(&me, me.member, made, command) {
                Ok(_) => Ok(None),
                Err(Error::Refused(refusal)) => Ok(Some(refusal)),
                Err(error) => Err(error),
            };
            commands.iter().map(judged).collect()
        })
    }

    /// Does all of these in one transaction; all or, at the first refusal, nothing.
    pub fn perform_many(&self, all: &[Undertaking]) -> Result<Vec<Performed>, StoreError> {
        self.write("perform_many", |db| {
            let me = identity::load(db)?;
            all.iter().map(|one| perform(db, &me, &one.command, one.times.clone(), one.made)).collect()
        })
    }

    /// Does `command` in place of the refused command `seq`, which is thereby settled.
    pub fn mend_refused(&self, seq: u64, command: &Command, times: Times, made: Interval) -> Result<Performed, StoreError> {
        self.write("mend_refused", |db| {
            let discarded = db.prepare_cached(include_str!("outbox/discard.sql"))?.execute([seq.cast_signed()])?;
            if discarded == 0 {
                return Err(Refusal::new(Code::Missing).with("kind", "refused").into());
            }
            perform(db, &identity::load(db)?, command, times, made)
        })
    }
}

fn perform(db: &Connection, me: &Identity, command: &Command, times: Times, made: Interval) -> Result<Performed, Error> {
    let lens = Lens::shown(db);
    let writes = lens.judge(me, me.member, made, command)?;
    let shard = shard_of(db, me, command.target, &writes)?;
    for write in &writes {
        let no = record::write(db, write.key, shard, &record::text_of(&write.body)?)?;
        search::index::put(db, no, &write.body)?;
    }
    let seq = next_seq(db)?;
    let (prev_seq, link) = last_link(db, me, shard)?;
    let envelope = Envelope::new(seq.cast_unsigned(), prev_seq.cast_unsigned(), me.member, times, command).to_vec();
    if envelope.len() > ENVELOPE_BYTES_MAX {
        return Err(Refusal::new(Code::TooLong).with("field", "command").with("limit", ENVELOPE_BYTES_MAX).into());
    }
    let touched = Touched::of(lens.take_asked(), &writes);
    db.prepare_cached(include_str!("outbox/insert.sql"))?.execute(params![
        seq,
        shard,
        envelope,
        link.next(&envelope).0,
        command.target.kind as u8,
        command.target.id.bytes(),
        made.earliest.millis(),
        made.latest.millis(),
        touched.to_bytes(),
    ])?;
    for named in files_of(&command.action) {
        file::need(db, named, seq)?;
    }
    for write in writes {
        lens.lay(write);
    }
    Ok(Performed { seq: seq.cast_unsigned(), records: lens.into_records() })
}

/// Where a command goes: to the shard its target lives in, or will.
fn shard_of(db: &Connection, me: &Identity, target: Key, writes: &[Write]) -> Result<i64, Error> {
    let of = |key: Key| Ok::<_, Error>(record::load(db, key)?.map(|stored| stored.shard));
    let home = writes.first().map(|write| match &write.body {
        Body::Org(org) => org.parent.unwrap_or(write.key.id),
        body => body.home(write.key.id),
    });
    let candidates = [Some(target), home.map(|org| Key::new(Kind::Org, org))];
    for key in candidates.into_iter().flatten() {
        if let Some(shard) = of(key)? {
            return Ok(shard);
        }
    }
    of(Key::new(Kind::Member, me.member))?.ok_or_else(|| Refusal::new(Code::Missing).with("kind", "member").into())
}

fn next_seq(db: &Connection) -> Result<i64, Error> {
    #[cfg(feature = "planted")]
    if haitang_planted::is(haitang_planted::Bug::ReuseNumbers) {
        return Ok(db.query_row("SELECT coalesce(max(seq), 0) + 1 FROM outbox", [], |row| row.get(0))?);
    }
    Ok(db.prepare_cached(include_str!("outbox/next_seq.sql"))?.query_row([], |row| row.get(0))?)
}

/// The number and link of the device's last command to a shard.
fn last_link(db: &Connection, me: &Identity, shard: i64) -> Result<(i64, ChainHash), Error> {
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, ChainHash(row.get(1)?)));
    #[cfg(feature = "planted")]
    if haitang_planted::is(haitang_planted::Bug::ChainToAnswered) {
        let answered = db.query_row("SELECT seq, hash FROM chain WHERE shard = ?1", [shard], read).optional()?;
        return answered.map_or_else(|| Ok((0, ChainHash::start(me.device, record::shard_id(db, shard)?))), Ok);
    }
    match db.prepare_cached(include_str!("outbox/last.sql"))?.query_row([shard], read).optional()? {
        Some(last) => Ok(last),
        None => Ok((0, ChainHash::start(me.device, record::shard_id(db, shard)?))),
    }
}

/// The files a command names.
fn files_of(action: &Action) -> &[Attachment] {
    match action {
        Action::Activity(activity::Action::SaveDraft { content, .. } | activity::Action::SubmitLog { content, .. }) => {
            &content.files
        }
        Action::Notice(notice::Action::Publish(draft)) => &draft.files,
        Action::Task(task::Action::Report(report)) => &report.files,
        _ => &[],
    }
}
