//! One group commit: many phones' commands of one shard in one transaction, each judged in order.

mod judge;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use haitang_domain::evidence::{Delivery, Interval};
use haitang_domain::{Code, Feed, Id, Refusal, Timestamp};
use haitang_protocol::limits::{ENVELOPE_BYTES_MAX, PUSH_BYTES_MAX, PUSH_COMMANDS_MAX};
use haitang_protocol::push::{Answer, Push, PushAnswer};
use haitang_protocol::{ChainHash, Envelope, Problem, ProblemCode};
use metrics::counter;
use sha2::{Digest, Sha256};
use tokio::sync::oneshot;

use crate::keys::Keys;
use crate::storage::{Device, DeviceState, LogEntry, ShardState, ShardWriter, Storage, StorageError};
use judge::Judge;

/// One phone's push, waiting.
pub(super) struct Job {
    pub device: Device,
    pub push: Push,
    pub received: Timestamp,
    pub reply: oneshot::Sender<Result<PushAnswer, Problem>>,
}

type Outcome = Result<Vec<Answer>, Problem>;

/// Refuses what is larger than allowed before anything is done with it.
pub(super) fn check_limits(push: &Push) -> Result<(), Problem> {
    let too_large = |limit: usize| Err(Problem::new(ProblemCode::TooLarge, "larger than allowed").with("limit", limit));
    if push.commands.len() > PUSH_COMMANDS_MAX {
        return too_large(PUSH_COMMANDS_MAX);
    }
    if push.commands.iter().any(|command| command.len() > ENVELOPE_BYTES_MAX) {
        return too_large(ENVELOPE_BYTES_MAX);
    }
    if push.commands.iter().map(|command| command.len()).sum::<usize>() > PUSH_BYTES_MAX {
        return too_large(PUSH_BYTES_MAX);
    }
    Ok(())
}

/// Commits a group and answers each phone. Returns the feeds that moved on.
pub(super) fn commit(storage: &dyn Storage, keys: &Keys, shard: Id, group: Vec<Job>) -> BTreeSet<Feed> {
    let mut moved = BTreeSet::new();
    let mut outcomes = Vec::new();
    let done = storage.write(shard, &mut |writer| {
        moved.clear();
        outcomes.clear();
        let mut state = writer.state()?.unwrap_or_default();
        let mut ingest = Ingest { keys, shard, judge: Judge::new(shard, keys.authority()), moved: &mut moved };
        for job in &group {
            outcomes.push(ingest.push(writer, &mut state, job)?);
        }
        writer.set_state(&state)
    });
    match done {
        Ok(()) => {
            for (job, outcome) in group.into_iter().zip(outcomes) {
                let time = keys.issue_time(job.device.id, job.received);
                // A phone that hung up meanwhile asks again and is told the same.
                let _ = job.reply.send(outcome.map(|answers| PushAnswer { answers, time }));
            }
            moved
        }
        // One phone's command may have met a damaged record: the others must not wait for it.
        Err(StorageError::Damaged(_) | StorageError::Fault(_)) if group.len() > 1 => {
            group.into_iter().flat_map(|job| commit(storage, keys, shard, vec![job])).collect()
        }
        Err(error) => {
            tracing::error!(%error, %shard, "a commit failed; nothing of it was acknowledged");
            let problem = Problem::from(error);
            for job in group {
                let _ = job.reply.send(Err(problem.clone()));
            }
            BTreeSet::new()
        }
    }
}

struct Ingest<'a> {
    keys: &'a Keys,
    shard: Id,
    judge: Judge,
    moved: &'a mut BTreeSet<Feed>,
}

/// A command with its place in the device's order.
struct Numbered<'a> {
    bytes: &'a [u8],
    seq: u64,
    prev_seq: u64,
    /// Readable as a whole, not only in its numbers.
    envelope: Option<Envelope>,
}

fn number(bytes: &[u8]) -> Result<Numbered<'_>, Problem> {
    if let Ok(envelope) = Envelope::parse(bytes) {
        return Ok(Numbered { bytes, seq: envelope.seq, prev_seq: envelope.prev_seq, envelope: Some(envelope) });
    }
    // What cannot be read is refused by its number, so that it does not hold up the others; without a number nothing can be said.
    let (seq, prev_seq) = Envelope::peek(bytes)
        .ok_or_else(|| Problem::new(ProblemCode::BadFrame, "a command that not even its number can be read of"))?;
    Ok(Numbered { bytes, seq, prev_seq, envelope: None })
}

fn stands_at(code: ProblemCode, detail: &str, state: &DeviceState) -> Problem {
    Problem::new(code, detail).with("seq", state.seq).with("hash", hex::encode(state.hash))
}

impl Ingest<'_> {
    /// Takes in one push. A problem of the push is an outcome; only a fault of the storage ends the transaction.
    fn push(&mut self, writer: &mut dyn ShardWriter, state: &mut ShardState, job: &Job) -> Result<Outcome, StorageError> {
        let device = &job.device;
        let known = writer.device(device.id)?;
        let start = || DeviceState { seq: 0, hash: ChainHash::start(device.id, self.shard).0, floor: Timestamp::from_millis(0) };
        let known = known.unwrap_or_else(start);
        let commands = match Self::check(writer, &known, job)? {
            Ok(commands) => commands,
            Err(problem) => return Ok(Err(problem)),
        };
        let mut answers = Vec::with_capacity(commands.len());
        let mut link = ChainHash(known.hash);
        let mut floor = known.floor;
        let last = commands.last().map(|command| command.seq);
        for command in &commands {
            if command.seq <= known.seq {
                let logged = writer.logged(device.id, command.seq)?;
                let (_, version, refusal) = logged.ok_or_else(|| StorageError::Damaged("a command is not in the log".into()))?;
                #[cfg(feature = "planted")]
                if haitang_planted::is(haitang_planted::Bug::ApplyTwice) {
                    self.apply(writer, state, job, command, &mut floor)?;
                }
                answers.push(Answer { seq: command.seq, version, refusal });
                continue;
            }
            link = link.next(command.bytes);
            let refusal = self.apply(writer, state, job, command, &mut floor)?;
            let refusal = refusal.map(|refusal| serde_json::to_vec(&refusal).unwrap_or_default());
            let signature = (Some(command.seq) == last).then(|| job.push.signature.to_vec());
            let mut entry = LogEntry {
                no: state.log_no + 1,
                device: device.id,
                seq: command.seq,
                envelope: command.bytes.to_vec(),
                received: job.received,
                mono_ms: job.push.mono_ms,
                boot: job.push.boot,
                signature,
                version: state.version,
                refusal: refusal.clone(),
                hash: [0; 32],
            };
            entry.hash = entry.link(&state.log_hash);
            writer.append(&entry)?;
            (state.log_no, state.log_hash) = (entry.no, entry.hash);
            answers.push(Answer { seq: command.seq, version: state.version, refusal });
        }
        if let Some(seq) = last.filter(|seq| *seq > known.seq) {
            writer.set_device(device.id, &DeviceState { seq, hash: link.0, floor })?;
        }
        Ok(Ok(answers))
    }

    /// Whether the commands follow on what is known, unchanged and signed.
    fn check<'j>(
        writer: &dyn ShardWriter,
        known: &DeviceState,
        job: &'j Job,
    ) -> Result<Result<Vec<Numbered<'j>>, Problem>, StorageError> {
        let push = &job.push;
        // Looked at here and not when the push was queued: what is committed after a revocation is not of that device.
        let revoked = writer.is_revoked(job.device.id)?;
        #[cfg(feature = "planted")]
        let revoked = revoked && !haitang_planted::is(haitang_planted::Bug::ServeRevoked);
        if revoked {
            return Ok(Err(Problem::new(ProblemCode::Revoked, "revoked: what it holds must be wiped")));
        }
        let commands: Vec<Numbered<'_>> = match push.commands.iter().map(|bytes| number(bytes)).collect() {
            Ok(commands) => commands,
            Err(problem) => return Ok(Err(problem)),
        };
        let Some(first) = commands.first() else { return Ok(Ok(commands)) };
        let diverged = || stands_at(ProblemCode::Diverged, "the server has other commands under these numbers", known);
        let mut link = ChainHash(push.prev_hash);
        let mut prev = first.prev_seq;
        for command in &commands {
            if command.prev_seq != prev || command.seq <= prev {
                return Ok(Err(Problem::new(ProblemCode::BadRequest, "the numbers of the commands do not follow on each other")));
            }
            // The first that is new must join on to what is known: neither may anything be missing, nor another past lead here.
            if command.seq > known.seq && prev <= known.seq && (prev, link.0) != (known.seq, known.hash) {
                return Ok(Err(diverged()));
            }
            if prev > known.seq && command.seq == first.seq {
                return Ok(Err(stands_at(ProblemCode::Gap, "commands are missing before these", known)));
            }
            prev = command.seq;
            link = link.next(command.bytes);
            if command.seq <= known.seq {
                #[cfg(feature = "planted")]
                if haitang_planted::is(haitang_planted::Bug::AcceptOtherPast) {
                    continue;
                }
                let same = writer.logged(job.device.id, command.seq)?.is_some_and(|(logged, ..)| logged == command.bytes);
                if !same || (command.seq == known.seq && link.0 != known.hash) {
                    return Ok(Err(diverged()));
                }
            }
        }
        if !link.is_signed(&job.device.public_key, &push.signature) {
            return Ok(Err(Problem::new(ProblemCode::BadSignature, "the commands are not signed with this device's key")));
        }
        Ok(Ok(commands))
    }

    /// Judges a command and writes what it leads to; the refusal where the rules say no. `floor` is when the device's command before
    /// it was made at the earliest, and then when this one was.
    fn apply(
        &mut self,
        writer: &mut dyn ShardWriter,
        state: &mut ShardState,
        job: &Job,
        command: &Numbered<'_>,
        floor: &mut Timestamp,
    ) -> Result<Option<Refusal>, StorageError> {
        let Some(envelope) = &command.envelope else { return Ok(Some(Code::Unreadable.into())) };
        let Ok(meant) = envelope.command() else { return Ok(Some(Code::TooNew.into())) };
        if envelope.actor != job.device.member {
            return Ok(Some(Refusal::new(Code::NotYours).with("kind", "device")));
        }
        let times = envelope.times();
        let genuine = times.token.as_ref().is_some_and(|token| self.judge.is_genuine(self.keys, job.device.id, token));
        let delivery = Delivery { received: job.received, mono_ms: job.push.mono_ms, boot: job.push.boot };
        let made = Interval::derive(&times, genuine, &delivery).no_earlier_than(*floor, &delivery);
        *floor = made.earliest;
        // The rules do not panic; should they, one command is refused and nothing else is lost.
        let judged = catch_unwind(AssertUnwindSafe(|| self.judge.judge(writer, job.device.id, envelope.actor, made, &meant)));
        let Ok(judged) = judged else {
            tracing::error!(seq = command.seq, device = %job.device.id, "the rules panicked");
            self.judge.forget();
            return Ok(Some(Code::Unreadable.into()));
        };
        let feature = || meant.action.name();
        match judged? {
            Ok(writes) => {
                for write in writes {
                    state.version += 1;
                    #[cfg(feature = "planted")]
                    if haitang_planted::is(haitang_planted::Bug::SkipVersion) && state.version.is_multiple_of(16) {
                        state.version += 1;
                    }
                    self.moved.extend(write.feeds());
                    self.judge.write(writer, write, state.version, self.moved)?;
                }
                counter!("haitang_commands_total", "outcome" => "accepted").increment(1);
                Ok(None)
            }
            Err(refusal) => {
                tracing::debug!(action = feature(), code = %refusal.code, "refused");
                counter!("haitang_commands_total", "outcome" => "refused", "code" => refusal.code.as_str()).increment(1);
                Ok(Some(refusal))
            }
        }
    }
}

impl LogEntry {
    /// The hash of this entry after the one before.
    pub fn link(&self, before: &[u8; 32]) -> [u8; 32] {
        let number = |n: u64| n.to_be_bytes();
        let sized = |bytes: Option<&[u8]>| (bytes.map_or(u64::MAX, |bytes| bytes.len() as u64)).to_be_bytes();
        let mut hash = Sha256::new();
        hash.update(before);
        hash.update(number(self.no));
        hash.update(self.device.bytes());
        hash.update(number(self.seq));
        hash.update(sized(Some(&self.envelope)));
        hash.update(&self.envelope);
        hash.update(self.received.millis().to_be_bytes());
        hash.update(number(self.mono_ms));
        hash.update(self.boot.bytes());
        hash.update(sized(self.signature.as_deref()));
        hash.update(self.signature.as_deref().unwrap_or_default());
        hash.update(number(self.version));
        hash.update(sized(self.refusal.as_deref()));
        hash.update(self.refusal.as_deref().unwrap_or_default());
        hash.finalize().into()
    }
}
