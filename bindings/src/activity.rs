//! Activities: planning, the host's changing code, checking in, logs and their approval.

mod pages;

use std::collections::HashMap;

use haitang_app::{activity as app, domain::activity as domain};

use crate::convert::{Given as _, Interval, answer, choice, id, maybe_id, record};
use crate::error::CoreError;
use crate::file::{Attachment, Location};
use crate::phone::Phone;

pub use pages::{ActivityMay, ActivityPage, LogMay, LogPage};

choice! {
    /// What sort of activity it is.
    ActivityKind = domain::ActivityKind {
        /// Branch committee meeting (支委会).
        CommitteeMeeting,
        /// Branch general meeting (党员大会).
        GeneralMeeting,
        /// Group meeting (小组会).
        GroupMeeting,
        /// Lecture (党课).
        Lecture,
        /// Themed day (主题党日).
        ThemedDay,
        /// Organisational-life meeting (组织生活会).
        LifeMeeting,
        /// Democratic appraisal (民主评议).
        Appraisal,
        /// Re-election (换届选举).
        Election,
        /// Volunteer service (志愿服务).
        Volunteering,
        /// Anything else.
        Other,
    }
}

choice! {
    /// Where a planned activity stands.
    ActivityState = domain::ActivityState {
        /// To be held, or held.
        Planned,
        /// Not held after all.
        Cancelled,
    }
}

choice! {
    /// How a presence was established.
    Means = domain::Means {
        /// The member scanned the host's changing code.
        Code,
        /// The host entered it on behalf of someone.
        Host,
    }
}

choice! {
    /// Something a reviewer should look at; never a reason to turn someone away.
    Flag = domain::Flag {
        /// The code was not the one shown when the check-in can have been made.
        StaleCode,
        /// The phone said the location was made up.
        MockLocation,
        /// The check-in was made outside the activity's time.
        OutsideTime,
    }
}

choice! {
    /// Where a log stands.
    LogState = domain::LogState {
        /// Being written; only its author sees it.
        Draft,
        /// Waits for a decision.
        Submitted,
        /// Stands in the ledger.
        Approved,
        /// Sent back with a reason, to be mended.
        Returned,
    }
}

record! {
    /// What is planned.
    given ActivityPlan = domain::Plan {
        /// Whose activity it is.
        org: String,
        /// The form its log will have.
        template: Option<String>,
        /// Its sort.
        kind: ActivityKind,
        /// What it is about.
        title: String,
        /// Where it takes place.
        place: String,
        /// It begins.
        starts: i64,
        /// It ends.
        ends: i64,
        /// Who holds it.
        host: String,
        /// Who is expected; nobody named means the whole org.
        expected: Vec<String>,
    }
}

record! {
    /// A line of the calendar.
    shown ActivityItem = app::ActivityItem {
        /// The activity.
        id: String,
        /// Its sort.
        kind: ActivityKind,
        /// What it is about.
        title: String,
        /// Where.
        place: String,
        /// It begins.
        starts: i64,
        /// It ends.
        ends: i64,
        /// Where it stands.
        state: ActivityState,
        /// Who holds it.
        host: String,
        /// Whether people can check in.
        check_in_open: bool,
        /// How many are present, as far as this phone knows.
        present: u32,
        /// Whether this phone's holder is.
        i_am_present: bool,
        /// Whether something in it waits to be sent.
        pending: bool,
    }
}

record! {
    /// Someone who is present.
    shown Attendee = app::Attendee {
        /// The check-in.
        id: String,
        /// Who.
        member: String,
        /// Their name, where this phone knows it.
        name: String,
        /// How it was established.
        means: Means,
        /// When, at the latest.
        made: i64,
        /// What a reviewer should look at.
        flags: Vec<Flag>,
        /// Whether it waits to be sent.
        pending: bool,
    }
}

record! {
    /// One field of a template.
    both TemplateField = domain::Field {
        /// The name under which logs keep it.
        name: String,
        /// What the person is asked.
        label: String,
        /// Whether it must be filled in.
        required: bool,
        /// A text to start from.
        suggested: String,
    }
}

record! {
    /// A form that can be chosen.
    shown TemplateItem = app::TemplateItem {
        /// The template.
        id: String,
        /// The sort of activity it is for.
        kind: ActivityKind,
        /// Its name.
        title: String,
        /// What it asks.
        fields: Vec<TemplateField>,
    }
}

record! {
    /// What the host's phone shows now.
    shown ShownCode = app::ShownCode {
        /// The text of the QR code.
        text: String,
        /// Milliseconds until the next code is to be shown.
        next_in_ms: i64,
    }
}

record! {
    /// What a scan came to.
    shown CheckedIn = app::CheckedIn {
        /// The check-in.
        id: String,
        /// The activity the code belonged to.
        activity: String,
        /// What it is about.
        title: String,
        /// What a reviewer will look at, if anything.
        flags: Vec<Flag>,
    }
}

record! {
    /// What a person writes into a log.
    both LogContent = domain::LogContent {
        /// The activity it records, if it was planned here.
        activity: Option<String>,
        /// The form it follows.
        template: Option<String>,
        /// The sort of activity.
        kind: ActivityKind,
        /// What it was about.
        title: String,
        /// When it was held.
        held: i64,
        /// Who was there.
        attendance: Vec<String>,
        /// What was recorded, by the template's field names.
        fields: HashMap<String, String>,
        /// Photos, recordings, documents.
        files: Vec<Attachment>,
        /// Why it is recorded late, where it is.
        late_reason: String,
    }
}

record! {
    /// What was recorded of an activity.
    shown Log = domain::Log {
        /// Whose life it records.
        org: String,
        /// Who wrote it.
        author: String,
        /// What was written.
        content: LogContent,
        /// Where it stands.
        state: LogState,
        /// When it was last submitted.
        submitted: Option<Interval>,
        /// The org that decides.
        waits_for: Option<String>,
        /// Who decided last.
        decided_by: Option<String>,
        /// When that was.
        decided: Option<i64>,
        /// Why it was returned.
        reason: String,
        /// How often it was returned.
        returns: u16,
    }
}

record! {
    /// A line of a list of logs.
    shown LogItem = app::LogItem {
        /// The log.
        id: String,
        /// The sort of activity.
        kind: ActivityKind,
        /// What it was about.
        title: String,
        /// When it was held.
        held: i64,
        /// Who wrote it: their name, where this phone knows it.
        author: String,
        /// Where it stands.
        state: LogState,
        /// Why it was returned.
        reason: String,
        /// Whether a step of it waits to be sent.
        pending: bool,
    }
}

/// Each returns the id of what it was done to, where nothing else is said.
#[uniffi::export]
impl Phone {
    /// Activities of the orgs the member belongs to or is appointed in, the newest first: at most 50, from after the one that the
    /// page before ended with.
    #[uniffi::method(default(after = None))]
    pub fn activities(&self, after: Option<String>) -> Result<Vec<ActivityItem>, CoreError> {
        answer(self.app.activities(maybe_id(after)?))
    }

    /// Activities of the same orgs that begin at `from` or later and before `to`, the first to begin first: at most 200, which is
    /// enough for a month.
    pub fn calendar(&self, from: i64, to: i64) -> Result<Vec<ActivityItem>, CoreError> {
        answer(self.app.calendar(from.given()?, to.given()?))
    }

    /// Plans an activity.
    pub fn plan_activity(&self, plan: ActivityPlan) -> Result<String, CoreError> {
        answer(self.app.plan_activity(plan.given()?))
    }

    /// Changes a planned activity.
    pub fn replan_activity(&self, activity: &str, plan: ActivityPlan) -> Result<String, CoreError> {
        answer(self.app.replan_activity(id(activity)?, plan.given()?))
    }

    /// Calls an activity off.
    pub fn cancel_activity(&self, activity: &str, reason: &str) -> Result<String, CoreError> {
        answer(self.app.cancel_activity(id(activity)?, reason))
    }

    /// Lets people check in.
    pub fn open_check_in(&self, activity: &str) -> Result<String, CoreError> {
        answer(self.app.open_check_in(id(activity)?))
    }

    /// Ends checking in.
    pub fn close_check_in(&self, activity: &str) -> Result<String, CoreError> {
        answer(self.app.close_check_in(id(activity)?))
    }

    /// The code that this phone, the host's, shows now. Changes every 15 seconds.
    pub fn host_code(&self, activity: &str) -> Result<ShownCode, CoreError> {
        answer(self.app.host_code(id(activity)?))
    }

    /// Checks in by what was scanned from the host's phone.
    pub fn check_in(&self, scanned: &str, location: Option<Location>) -> Result<CheckedIn, CoreError> {
        answer(self.app.check_in(scanned, location.given()?))
    }

    /// Enters the presence of someone without a phone.
    pub fn check_in_for(&self, activity: &str, member: &str) -> Result<String, CoreError> {
        answer(self.app.check_in_for(id(activity)?, id(member)?))
    }

    /// Who is present at an activity.
    pub fn attendees(&self, activity: &str) -> Result<Vec<Attendee>, CoreError> {
        answer(self.app.attendees(id(activity)?))
    }

    /// The forms that are offered.
    pub fn templates(&self) -> Result<Vec<TemplateItem>, CoreError> {
        answer(self.app.templates())
    }

    /// Publishes the form of a log to those below an org.
    pub fn publish_template(
        &self,
        org: &str,
        name: &str,
        kind: ActivityKind,
        fields: Vec<TemplateField>,
    ) -> Result<String, CoreError> {
        answer(self.app.publish_template(id(org)?, name, kind.given()?, fields.given()?))
    }

    /// Stops offering a form; logs that used it keep it.
    pub fn retire_template(&self, template: &str) -> Result<String, CoreError> {
        answer(self.app.retire_template(id(template)?))
    }

    /// A log to start from, with all that is known already filled in. Nothing is kept yet.
    pub fn start_log(&self, template: Option<String>, activity: Option<String>) -> Result<LogContent, CoreError> {
        answer(self.app.start_log(maybe_id(template)?, maybe_id(activity)?))
    }

    /// Keeps a log in the making: a new one without `log` or with an id from `new_id` that no record has yet, of the member's own
    /// org without `org`.
    pub fn save_log(&self, log: Option<String>, org: Option<String>, content: LogContent) -> Result<String, CoreError> {
        answer(self.app.save_log(maybe_id(log)?, maybe_id(org)?, content.given()?))
    }

    /// Submits a log: a new one without `log` or with an id from `new_id` that no record has yet, else a drafted or returned one,
    /// mended. What was submitted under this id before, word for word, is not submitted again.
    pub fn submit_log(&self, log: Option<String>, org: Option<String>, content: LogContent) -> Result<String, CoreError> {
        answer(self.app.submit_log(maybe_id(log)?, maybe_id(org)?, content.given()?))
    }

    /// Takes a submitted log back.
    pub fn recall_log(&self, log: &str) -> Result<String, CoreError> {
        answer(self.app.recall_log(id(log)?))
    }

    /// Approves a log.
    pub fn approve_log(&self, log: &str) -> Result<String, CoreError> {
        answer(self.app.approve_log(id(log)?))
    }

    /// Sends a log back with a reason.
    pub fn return_log(&self, log: &str, reason: &str) -> Result<String, CoreError> {
        answer(self.app.return_log(id(log)?, reason))
    }

    /// The member's own logs, the newest first: at most 50, from after the one that the page before ended with.
    #[uniffi::method(default(after = None))]
    pub fn logs(&self, after: Option<String>) -> Result<Vec<LogItem>, CoreError> {
        answer(self.app.logs(maybe_id(after)?))
    }

    /// Logs that wait for this member's decision, the oldest first: at most 50, from after the one that the page before ended with.
    #[uniffi::method(default(after = None))]
    pub fn approvals(&self, after: Option<String>) -> Result<Vec<LogItem>, CoreError> {
        answer(self.app.approvals(maybe_id(after)?))
    }

    /// One log.
    pub fn log(&self, log: &str) -> Result<Log, CoreError> {
        answer(self.app.log(id(log)?))
    }
}
