//! What is not yet on the server and why; what the server refused, and mending it.

use std::collections::BTreeMap;

use haitang_domain::activity::{Action as ActivityAction, LogContent};
use haitang_domain::task::{Action as TaskAction, NewReport, NewTask, Task, TaskKind};
use haitang_domain::time::DAY_MS;
use haitang_domain::{Action, Body, Code, Command, Id, Key, Kind, Refusal, Timestamp};
use haitang_store::{Unsent, UnsentState};
use haitang_sync::{Status, Stop};
use serde::Serialize;

use crate::clock;
use crate::error::AppError;
use crate::phone::Phone;

/// Commands in one list.
const LIST: u32 = 200;

/// How much is not yet on the server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct OutboxStatus {
    /// Commands that wait to be sent.
    pub waiting: u64,
    /// Commands the server has accepted, whose effect is on its way back.
    pub accepted: u64,
    /// Commands the server refused.
    pub refused: u64,
    /// Commands of which the phone now expects a refusal.
    pub doubtful: u64,
    /// Files to send.
    pub files: u64,
    /// Files that records name and that cannot be sent: never handed over, or declined by the server.
    pub files_stuck: u64,
    /// Whether a sync was whole at least once.
    pub synced: bool,
}

/// A command that is not settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnsentItem {
    /// The device's number for it.
    pub seq: u64,
    /// What was done, such as `activity.submit_log`.
    pub command: String,
    /// What it was done to, as far as this phone can say.
    pub title: String,
    /// The record.
    pub id: Id,
    /// When it was made.
    pub made: Timestamp,
    /// The code of the refusal that was given, or is expected; empty where there is none.
    pub code: String,
    /// What goes with the code.
    pub values: BTreeMap<String, String>,
    /// The reason in words, for a shell to fill in.
    pub reason: String,
    /// It was made in a feed that this phone no longer reads.
    pub feed_lost: bool,
}

impl Phone {
    /// How much is not yet on the server.
    pub fn outbox_status(&self) -> Result<OutboxStatus, AppError> {
        let status = self.store().status()?;
        Ok(OutboxStatus {
            waiting: status.waiting,
            accepted: status.accepted,
            refused: status.refused,
            doubtful: status.doubtful,
            files: status.files,
            files_stuck: status.files_stuck,
            synced: status.synced,
        })
    }

    /// Commands that wait to be sent, the oldest first.
    pub fn waiting(&self) -> Result<Vec<UnsentItem>, AppError> {
        self.store().waiting(0, LIST)?.into_iter().map(|unsent| self.unsent_item(unsent)).collect()
    }

    /// Commands the server refused, the oldest first.
    pub fn refused(&self) -> Result<Vec<UnsentItem>, AppError> {
        self.store().refused(0, LIST)?.into_iter().map(|unsent| self.unsent_item(unsent)).collect()
    }

    fn unsent_item(&self, unsent: Unsent) -> Result<UnsentItem, AppError> {
        let refusal = match unsent.state {
            UnsentState::Refused(refusal) | UnsentState::Waiting(Some(refusal)) => Some(refusal),
            UnsentState::Waiting(None) | UnsentState::Accepted => None,
        };
        let row = self.store().get(unsent.target)?;
        let body = row.and_then(|row| Body::parse(unsent.target.kind, row.body.as_bytes()).ok());
        Ok(UnsentItem {
            seq: unsent.seq,
            command: unsent.action,
            title: body.as_ref().map(crate::search::title).unwrap_or_default(),
            id: unsent.target.id,
            made: unsent.made.latest,
            code: refusal.as_ref().map(|refusal| refusal.code.as_str().to_owned()).unwrap_or_default(),
            values: refusal.map(|refusal| refusal.values).unwrap_or_default(),
            reason: String::new(),
            feed_lost: unsent.feed_lost,
        })
    }

    /// Lets a refused command go, by its author's own decision.
    pub fn discard_refused(&self, seq: u64) -> Result<(), AppError> {
        if !self.store().discard_refused(seq)? {
            return Err(missing());
        }
        self.changed();
        Ok(())
    }

    /// Everything that is not on the server, as JSON to be kept elsewhere.
    pub fn export_unsent(&self) -> Result<String, AppError> {
        Ok(self.store().export_unsent()?)
    }

    fn refused_command(&self, seq: u64) -> Result<(Key, Action), AppError> {
        let found = self.store().refused(seq.saturating_sub(1), 1)?.into_iter().find(|unsent| unsent.seq == seq);
        let unsent = found.ok_or_else(missing)?;
        let action = Action::parse(unsent.json.as_bytes()).map_err(|_| Refusal::new(Code::TooNew))?;
        Ok((unsent.target, action))
    }

    /// Mends a refused command in the way that fits it, and hands it in again.
    ///
    /// A report of a task that someone else had done already becomes an errand of its own with the same findings: what was seen
    /// at the door is not lost because another came first. Anything else is handed in again as it was, which is right where the reason has
    /// gone meanwhile; where it has not, the phone says so at once and the refused command stays.
    pub fn mend(&self, seq: u64) -> Result<Id, AppError> {
        match self.refused_command(seq)? {
            (target, Action::Task(TaskAction::Report(report))) => self.mend_report(seq, target.id, report),
            (target, action) => {
                self.replace_refused(seq, target, action)?;
                Ok(target.id)
            }
        }
    }

    fn mend_report(&self, seq: u64, task: Id, report: NewReport) -> Result<Id, AppError> {
        let done: Task = self.read(task)?;
        let now = self.now();
        let new = NewTask {
            grid: done.grid,
            kind: TaskKind::Errand,
            title: done.title,
            place: done.place,
            household: done.household,
            assignee: Some(self.me()?),
            from: now,
            due: now.plus_millis(DAY_MS),
            note: String::new(),
        };
        let errand = self.assign_task(new)?;
        let report_id = self.new_id();
        let again = Action::Task(TaskAction::Report(NewReport { report_id, ..report }));
        self.replace_refused(seq, Key::new(Kind::Task, errand), again)?;
        Ok(errand)
    }

    /// What a refused log said, to be mended.
    pub fn refused_log(&self, seq: u64) -> Result<LogContent, AppError> {
        match self.refused_command(seq)? {
            (_, Action::Activity(ActivityAction::SubmitLog { content, .. } | ActivityAction::SaveDraft { content, .. })) => {
                Ok(content)
            }
            _ => Err(Refusal::new(Code::WrongKind).with("kind", "log").into()),
        }
    }

    /// Hands a refused log in again with other contents.
    pub fn mend_log(&self, seq: u64, content: LogContent) -> Result<Id, AppError> {
        let (target, action) = self.refused_command(seq)?;
        let Action::Activity(ActivityAction::SubmitLog { org, .. } | ActivityAction::SaveDraft { org, .. }) = action else {
            return Err(Refusal::new(Code::WrongKind).with("kind", "log").into());
        };
        self.replace_refused(seq, target, Action::Activity(ActivityAction::SubmitLog { org, content }))?;
        Ok(target.id)
    }

    fn replace_refused(&self, seq: u64, target: Key, action: Action) -> Result<(), AppError> {
        let times = self.times();
        let made = clock::made(&times);
        self.store().mend_refused(seq, &Command { target, action }, times, made)?;
        self.changed();
        self.inner.wake.notify_one();
        Ok(())
    }

    /// Why a sync that came to rest in `status` did not come through; `None` where it did.
    pub fn sync_error(&self, status: Status) -> Option<AppError> {
        use haitang_protocol::{Problem, ProblemCode};
        let problem = |code: ProblemCode, text: &str| Some(Problem::new(code, text).into());
        let (Status::Waiting(stop) | Status::Stopped(stop)) = status else { return None };
        match stop {
            Stop::Network => Some(AppError::Network("no network, or the connection was cut".into())),
            Stop::Portal => Some(AppError::Portal),
            Stop::Untrusted => Some(AppError::Untrusted("the server could not prove who it is".into())),
            Stop::DiskFull => Some(AppError::DiskFull),
            Stop::NotEnrolled => Some(AppError::NotEnrolled),
            Stop::Server => problem(ProblemCode::Unavailable, "the server is busy"),
            Stop::UpdateNeeded => problem(ProblemCode::WrongVersion, "this version is too old for the server"),
            Stop::Revoked => problem(ProblemCode::Revoked, "this phone was revoked"),
            Stop::Diverged => problem(ProblemCode::Diverged, "this phone was restored from an old copy"),
            Stop::Fault => Some(AppError::Internal("sync failed".into())),
        }
    }
}

fn missing() -> AppError {
    Refusal::new(Code::Missing).with("kind", "refused").into()
}
