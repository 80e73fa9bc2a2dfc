//! Activities: planning, the host's changing code, checking in, logs and their approval.

use haitang_domain::activity::code::{HostCode, SLOT_MS};
use haitang_domain::activity::{Action, Activity, ActivityKind, CheckIn, Field, Flag, Log, LogContent, LogState, Plan, Template};
use haitang_domain::attachment::Location;
use haitang_domain::{Code, Id, Kind, Refusal};
use serde::Serialize;

use crate::error::AppError;
use crate::phone::Phone;

mod pages;
mod screens;

pub use pages::{ActivityMay, ActivityPage, LogMay, LogPage};
pub use screens::{ActivityItem, Attendee, LogItem, TemplateItem};

/// What the host's phone shows now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShownCode {
    /// The text of the QR code.
    pub text: String,
    /// Milliseconds until the next code is to be shown.
    pub next_in_ms: i64,
}

/// What a scan came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CheckedIn {
    /// The check-in.
    pub id: Id,
    /// The activity the code belonged to.
    pub activity: Id,
    /// What it is about.
    pub title: String,
    /// What a reviewer will look at, if anything.
    pub flags: Vec<Flag>,
}

impl Phone {
    fn act(&self, kind: Kind, id: Id, action: Action) -> Result<Id, AppError> {
        self.perform(kind, id, haitang_domain::Action::Activity(action))?;
        Ok(id)
    }

    /// Publishes the form of a log to those below an org.
    pub fn publish_template(&self, org: Id, name: &str, kind: ActivityKind, fields: Vec<Field>) -> Result<Id, AppError> {
        let action = Action::PublishTemplate { org, name: name.to_owned(), kind, fields };
        self.act(Kind::Template, self.new_id(), action)
    }

    /// Stops offering a form; logs that used it keep it.
    pub fn retire_template(&self, template: Id) -> Result<Id, AppError> {
        self.act(Kind::Template, template, Action::RetireTemplate)
    }

    /// Plans an activity.
    pub fn plan_activity(&self, plan: Plan) -> Result<Id, AppError> {
        self.act(Kind::Activity, self.new_id(), Action::Plan(plan))
    }

    /// Changes a planned activity.
    pub fn replan_activity(&self, activity: Id, plan: Plan) -> Result<Id, AppError> {
        self.act(Kind::Activity, activity, Action::Replan(plan))
    }

    /// Calls an activity off.
    pub fn cancel_activity(&self, activity: Id, reason: &str) -> Result<Id, AppError> {
        self.act(Kind::Activity, activity, Action::Cancel { reason: reason.to_owned() })
    }

    /// Lets people check in.
    pub fn open_check_in(&self, activity: Id) -> Result<Id, AppError> {
        self.act(Kind::Activity, activity, Action::OpenCheckIn)
    }

    /// Ends checking in.
    pub fn close_check_in(&self, activity: Id) -> Result<Id, AppError> {
        self.act(Kind::Activity, activity, Action::CloseCheckIn)
    }

    /// The code that this phone, the host's, shows now. Works with no network; changes every 15 seconds.
    pub fn host_code(&self, activity: Id) -> Result<ShownCode, AppError> {
        let record: Activity = self.read(activity)?;
        if record.host != self.me()? {
            return Err(Refusal::new(Code::NotYours).with("kind", "activity").into());
        }
        if !record.check_in_open {
            return Err(Refusal::new(Code::CheckInClosed).into());
        }
        let now = self.now();
        let code = HostCode::make(&self.signing_key()?, self.certificate()?, activity, now);
        Ok(ShownCode { text: code.to_text(), next_in_ms: SLOT_MS - now.millis().rem_euclid(SLOT_MS) })
    }

    /// Checks in by what was scanned from the host's phone: one scan, no network on either side.
    pub fn check_in(&self, scanned: &str, location: Option<Location>) -> Result<CheckedIn, AppError> {
        let code = HostCode::parse(scanned).ok_or_else(|| Refusal::new(Code::BadCode))?;
        let activity = code.activity;
        let id = CheckIn::id(activity, self.me()?);
        let action = Action::CheckIn { activity, code: scanned.trim().to_owned(), location };
        let done = self.perform(Kind::CheckIn, id, haitang_domain::Action::Activity(action))?;
        Ok(CheckedIn {
            id,
            activity,
            title: done.record(activity).map(|activity: &Activity| activity.title.clone()).unwrap_or_default(),
            flags: done.record(id).map(|made: &CheckIn| made.flags.iter().copied().collect()).unwrap_or_default(),
        })
    }

    /// Enters the presence of someone without a phone.
    pub fn check_in_for(&self, activity: Id, member: Id) -> Result<Id, AppError> {
        self.act(Kind::CheckIn, CheckIn::id(activity, member), Action::CheckInFor { activity, member })
    }

    /// A log to start from: the template's fields with their suggested texts, and the activity's title, time and those who
    /// checked in. What is usual takes no typing.
    pub fn start_log(&self, template: Option<Id>, activity: Option<Id>) -> Result<LogContent, AppError> {
        let template_record = template.map(|id| self.read::<Template>(id)).transpose()?;
        let planned = activity.map(|id| self.read::<Activity>(id)).transpose()?;
        let attendance = activity.map(|id| self.attendees(id)).transpose()?.unwrap_or_default();
        let suggested = template_record.iter().flat_map(|record| &record.fields);
        Ok(LogContent {
            activity,
            template: template.or(planned.as_ref().and_then(|planned| planned.template)),
            kind: template_record
                .as_ref()
                .map(|record| record.kind)
                .or(planned.as_ref().map(|planned| planned.kind))
                .unwrap_or(ActivityKind::Other),
            title: planned.as_ref().map(|planned| planned.title.clone()).unwrap_or_default(),
            held: planned.as_ref().map_or_else(|| self.now(), |planned| planned.starts),
            attendance: attendance.into_iter().map(|attendee| attendee.member).collect(),
            fields: suggested
                .filter(|field| !field.suggested.is_empty())
                .map(|field| (field.name.clone(), field.suggested.clone()))
                .collect(),
            files: vec![],
            late_reason: String::new(),
        })
    }

    /// Keeps a log in the making; a new one where `log` is `None` or an id from [`Phone::new_id`] that no record has yet.
    pub fn save_log(&self, log: Option<Id>, org: Option<Id>, content: LogContent) -> Result<Id, AppError> {
        let org = org.map_or_else(|| self.my_org(), Ok)?;
        self.act(Kind::Log, log.unwrap_or_else(|| self.new_id()), Action::SaveDraft { org, content })
    }

    /// Submits a log: a new one where `log` is `None` or an id from [`Phone::new_id`] that no record has yet, else a drafted or
    /// returned one, mended. What was submitted under this id before, word for word, is not submitted again: whoever does not
    /// know any more whether it was simply asks once more.
    pub fn submit_log(&self, log: Option<Id>, org: Option<Id>, content: LogContent) -> Result<Id, AppError> {
        let org = org.map_or_else(|| self.my_org(), Ok)?;
        if let Some(id) = log
            && let Some(known) = self.store().read::<Log>(id)?
            && [LogState::Submitted, LogState::Approved].contains(&known.state)
            && (known.author, known.org, &known.content) == (self.me()?, org, &content)
        {
            return Ok(id);
        }
        self.act(Kind::Log, log.unwrap_or_else(|| self.new_id()), Action::SubmitLog { org, content })
    }

    /// Takes a submitted log back.
    pub fn recall_log(&self, log: Id) -> Result<Id, AppError> {
        self.act(Kind::Log, log, Action::RecallLog)
    }

    /// Approves a log.
    pub fn approve_log(&self, log: Id) -> Result<Id, AppError> {
        self.act(Kind::Log, log, Action::ApproveLog)
    }

    /// Sends a log back with a reason.
    pub fn return_log(&self, log: Id, reason: &str) -> Result<Id, AppError> {
        self.act(Kind::Log, log, Action::ReturnLog { reason: reason.to_owned() })
    }
}
