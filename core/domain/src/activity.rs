//! Activities of organisational life: what was planned, who was there, what was recorded.
//!
//! A log's life, from the table that runs:
#![doc = include_str!("activity/log.states.md")]

mod check_in;
pub mod code;
mod log;
mod plan;
#[cfg(test)]
mod testing;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::attachment::{Attachment, Location};
use crate::decide::{Context, World, Writes};
use crate::evidence::Interval;
use crate::feed::Feed;
use crate::id::Id;
use crate::record::{Body, Key};
use crate::refusal::Refusal;
use crate::time::{Timestamp, Zone};

pub use log::{LOG_STATES, LogParty, LogStep};

/// What sort of activity it is; obligations ask for sorts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActivityKind {
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

impl ActivityKind {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::CommitteeMeeting,
        Self::GeneralMeeting,
        Self::GroupMeeting,
        Self::Lecture,
        Self::ThemedDay,
        Self::LifeMeeting,
        Self::Appraisal,
        Self::Election,
        Self::Volunteering,
        Self::Other,
    ];

    /// The name in Chinese, as ledgers print it.
    pub fn zh(self) -> &'static str {
        match self {
            Self::CommitteeMeeting => "支委会",
            Self::GeneralMeeting => "党员大会",
            Self::GroupMeeting => "小组会",
            Self::Lecture => "党课",
            Self::ThemedDay => "主题党日",
            Self::LifeMeeting => "组织生活会",
            Self::Appraisal => "民主评议",
            Self::Election => "换届选举",
            Self::Volunteering => "志愿服务",
            Self::Other => "其他",
        }
    }
}

/// One field of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// The name under which logs keep it.
    pub name: String,
    /// What the person is asked.
    pub label: String,
    /// Whether a log may be submitted without it.
    #[serde(default)]
    pub required: bool,
    /// A text to start from, so that the usual takes no typing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub suggested: String,
}

/// The form of a log, published by an org to those below it. Feeds: `down/<org>`, `org/<org>`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Template {
    /// Who published it.
    pub org: Id,
    /// Its name.
    pub name: String,
    /// The sort of activity it is for.
    pub kind: ActivityKind,
    /// What a log of this form holds.
    pub fields: Vec<Field>,
    /// It is no longer offered; logs that used it keep it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub retired: bool,
}

impl Template {
    /// The feeds it belongs to.
    pub fn feeds(&self) -> Vec<Feed> {
        vec![Feed::down(self.org), Feed::org(self.org)]
    }
}

/// Where a planned activity stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActivityState {
    /// To be held, or held.
    Planned,
    /// Not held after all.
    Cancelled,
}

/// A planned or held activity. Feed: `org/<org>`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Activity {
    /// Whose activity it is.
    pub org: Id,
    /// The form its log will have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<Id>,
    /// Its sort.
    pub kind: ActivityKind,
    /// What it is about.
    pub title: String,
    /// Where it takes place.
    pub place: String,
    /// It begins.
    pub starts: Timestamp,
    /// It ends.
    pub ends: Timestamp,
    /// The zone its times are read in.
    pub zone: Zone,
    /// Who holds it, and whose phone shows the check-in code.
    pub host: Id,
    /// Who planned it.
    pub author: Id,
    /// Who is expected; nobody named means the whole org.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub expected: BTreeSet<Id>,
    /// Whether people can check in.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub check_in_open: bool,
    /// Where it stands.
    pub state: ActivityState,
    /// Why it was cancelled.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

impl Activity {
    /// The feeds it belongs to.
    pub fn feeds(&self) -> Vec<Feed> {
        vec![Feed::org(self.org)]
    }
}

/// How a presence was established.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// The member scanned the host's changing code.
    Code,
    /// The host entered it on behalf of someone.
    Host,
}

/// Something a reviewer should look at. Never a reason to turn someone away at the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// The code was not the one shown when the check-in can have been made.
    StaleCode,
    /// The phone said the location was made up.
    MockLocation,
    /// The check-in was made outside the activity's time.
    OutsideTime,
}

/// One member's presence at one activity. Feeds: `org/<org>`, `member/<member>`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckIn {
    /// At what.
    pub activity: Id,
    /// The org whose activity it is.
    pub org: Id,
    /// Who was there.
    pub member: Id,
    /// Who recorded it; another person when entered on behalf of someone.
    pub by: Id,
    /// When it was recorded.
    pub made: Interval,
    /// How it was established.
    pub means: Means,
    /// Where, if the person chose to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// What a reviewer should look at.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub flags: BTreeSet<Flag>,
}

impl CheckIn {
    /// The id of `member`'s check-in at `activity`: there can be only one.
    pub fn id(activity: Id, member: Id) -> Id {
        Id::derived("check_in", activity, member.bytes())
    }

    /// The feeds it belongs to.
    pub fn feeds(&self) -> Vec<Feed> {
        vec![Feed::org(self.org), Feed::member(self.member)]
    }
}

/// Where a log stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogState {
    /// Being written; only its author sees it.
    Draft,
    /// Waits for a decision.
    Submitted,
    /// Stands in the ledger.
    Approved,
    /// Sent back with a reason, to be mended.
    Returned,
}

/// What a person writes into a log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LogContent {
    /// The activity it records, if it was planned here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<Id>,
    /// The form it follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<Id>,
    /// The sort of activity.
    pub kind: ActivityKind,
    /// What it was about.
    pub title: String,
    /// When it was held.
    pub held: Timestamp,
    /// Who was there.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub attendance: BTreeSet<Id>,
    /// What was recorded, by the template's field names.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
    /// Photos, recordings, documents.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<Attachment>,
    /// Why it is recorded late, where it is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub late_reason: String,
}

/// What was recorded of an activity. Feeds: `member/<author>`; once submitted also `org/<org>`, and `inbox/<waits_for>`
/// while it waits there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Log {
    /// Whose life it records.
    pub org: Id,
    /// Who wrote it.
    pub author: Id,
    /// What was written.
    pub content: LogContent,
    /// Where it stands.
    pub state: LogState,
    /// When it was last submitted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub submitted: Option<Interval>,
    /// The org that decides: the log's own, or the one above when its author decides here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waits_for: Option<Id>,
    /// Who decided last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<Id>,
    /// When that was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<Timestamp>,
    /// Why it was returned.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// How often it was returned.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub returns: u16,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(n: &u16) -> bool {
    *n == 0
}

impl Log {
    /// The feeds it belongs to.
    pub fn feeds(&self) -> Vec<Feed> {
        let mut feeds = vec![Feed::member(self.author)];
        if self.state != LogState::Draft {
            feeds.push(Feed::org(self.org));
        }
        if self.state == LogState::Submitted {
            feeds.extend(self.waits_for.map(Feed::inbox));
        }
        feeds
    }
}

/// What is done to templates, activities, check-ins and logs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Publishes a template. Addressed to the new template.
    PublishTemplate {
        /// The org that publishes it.
        org: Id,
        /// Its name.
        name: String,
        /// The sort of activity it is for.
        kind: ActivityKind,
        /// What a log of this form holds.
        fields: Vec<Field>,
    },
    /// Stops offering a template.
    RetireTemplate,
    /// Plans an activity. Addressed to the new activity.
    Plan(Plan),
    /// Changes a planned activity.
    Replan(Plan),
    /// Calls an activity off.
    Cancel {
        /// Why.
        reason: String,
    },
    /// Lets people check in.
    OpenCheckIn,
    /// Ends checking in.
    CloseCheckIn,
    /// Checks the actor in. Addressed to the check-in, see [`CheckIn::id`].
    CheckIn {
        /// At what.
        activity: Id,
        /// The text of the code that was scanned.
        code: String,
        /// Where, if the person chose to say.
        location: Option<Location>,
    },
    /// Enters the presence of someone who has no phone. Addressed to the check-in, see [`CheckIn::id`].
    CheckInFor {
        /// At what.
        activity: Id,
        /// Who was there.
        member: Id,
    },
    /// Keeps a log in the making, new or not.
    SaveDraft {
        /// Whose life it records.
        org: Id,
        /// What was written.
        content: LogContent,
    },
    /// Submits a log, new, drafted or returned.
    SubmitLog {
        /// Whose life it records.
        org: Id,
        /// What was written.
        content: LogContent,
    },
    /// Takes a submitted log back to mend it.
    RecallLog,
    /// Approves a log as it stands.
    ApproveLog,
    /// Sends a log back.
    ReturnLog {
        /// Why.
        reason: String,
    },
}

/// What is planned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// Whose activity it is.
    pub org: Id,
    /// The form its log will have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<Id>,
    /// Its sort.
    pub kind: ActivityKind,
    /// What it is about.
    pub title: String,
    /// Where it takes place.
    pub place: String,
    /// It begins.
    pub starts: Timestamp,
    /// It ends.
    pub ends: Timestamp,
    /// Who holds it.
    pub host: Id,
    /// Who is expected; nobody named means the whole org.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub expected: BTreeSet<Id>,
}

/// Judges an action on templates, activities, check-ins and logs.
pub fn decide(
    action: &Action,
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    match action {
        Action::PublishTemplate { org, name, kind, fields } => {
            let template = Template { org: *org, name: name.clone(), kind: *kind, fields: fields.clone(), retired: false };
            plan::publish_template(template, target, before, world, context)
        }
        Action::RetireTemplate => plan::retire_template(target, before, world, context),
        Action::Plan(plan) => plan::plan(plan, target, before, world, context),
        Action::Replan(plan) => plan::replan(plan, target, before, world, context),
        Action::Cancel { reason } => plan::cancel(reason, target, before, world, context),
        Action::OpenCheckIn => plan::set_check_in(true, target, before, world, context),
        Action::CloseCheckIn => plan::set_check_in(false, target, before, world, context),
        Action::CheckIn { activity, code, location } => {
            check_in::by_code(*activity, code, *location, target, before, world, context)
        }
        Action::CheckInFor { activity, member } => check_in::by_host(*activity, *member, target, before, world, context),
        Action::SaveDraft { org, content } => log::write(LogStep::Save, *org, content, target, before, world, context),
        Action::SubmitLog { org, content } => log::write(LogStep::Submit, *org, content, target, before, world, context),
        Action::RecallLog => log::settle(LogStep::Recall, "", target, before, world, context),
        Action::ApproveLog => log::settle(LogStep::Approve, "", target, before, world, context),
        Action::ReturnLog { reason } => log::settle(LogStep::Return, reason, target, before, world, context),
    }
}
