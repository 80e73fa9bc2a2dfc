//! Notices: what an org says to everyone below it, and who has read it.
//!
//! A notice is never taken out of a phone: withdrawn, it stays in its feeds, so that everyone who saw it sees that it no
//! longer holds, and why. Reading and confirming are accepted however late they arrive and whatever became of the notice:
//! a person who had no network could not know. A notice's life, from the table that runs:
#![doc = include_str!("notice/notice.states.md")]

mod publish;
mod receipt;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::attachment::Attachment;
use crate::decide::{Context, World, Writes};
use crate::directory::{Appointment, Role};
use crate::feed::Feed;
use crate::id::Id;
use crate::record::{Body, Key};
use crate::refusal::Refusal;
use crate::time::Timestamp;

pub use publish::{NOTICE_STATES, NoticeParty, NoticeStep};

/// Who publishes in the name of an org, in it or above it.
pub const PUBLISHERS: [Role; 3] = [Role::Publisher, Role::Secretary, Role::Admin];

/// Whether a notice holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeState {
    /// It holds, from its `effective` moment on.
    Published,
    /// It no longer holds: taken back, or replaced by another.
    Withdrawn,
}

/// What an org says to everyone below it. Feeds: `down/<org>`, `org/<org>`, also when withdrawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Notice {
    /// Who says it.
    pub org: Id,
    /// One line.
    pub title: String,
    /// What is said; may be empty where files say it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Documents and pictures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<Attachment>,
    /// From when it holds.
    pub effective: Timestamp,
    /// Until when it holds, where it has an end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// The roles it is meant for; empty means everyone below.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub audience: Vec<Role>,
    /// Whether those it is meant for are asked to confirm it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub wants_receipt: bool,
    /// The earlier notice of the same org whose place it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Id>,
    /// The later notice that took its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<Id>,
    /// When it was published.
    pub published: Timestamp,
    /// Who published it.
    pub author: Id,
    /// Whether it holds.
    pub state: NoticeState,
    /// Why it was taken back; empty where another took its place.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub withdrawn_reason: String,
}

impl Notice {
    /// The feeds it belongs to.
    pub fn feeds(&self) -> Vec<Feed> {
        vec![Feed::down(self.org), Feed::org(self.org)]
    }

    /// Whether it is meant for someone with `appointments`. Others may read it, but are not asked to confirm.
    pub fn is_for(&self, appointments: &[Appointment]) -> bool {
        self.audience.is_empty() || appointments.iter().any(|held| self.audience.contains(&held.role))
    }
}

/// One member's having read a notice. Feeds: `member/<member>`, `org/<org>`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Receipt {
    /// What was read.
    pub notice: Id,
    /// Who read it.
    pub member: Id,
    /// The org the member belonged to at the time.
    pub org: Id,
    /// When it was first read, at the latest.
    pub read: Timestamp,
    /// When it was first confirmed, at the latest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<Timestamp>,
}

impl Receipt {
    /// The id of the only receipt `member` can give for `notice`.
    pub fn id(notice: Id, member: Id) -> Id {
        Id::derived("receipt", notice, member.bytes())
    }

    /// The feeds it belongs to.
    pub fn feeds(&self) -> Vec<Feed> {
        vec![Feed::member(self.member), Feed::org(self.org)]
    }
}

/// A notice as its author wrote it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// In whose name.
    pub org: Id,
    /// One line, at most [`crate::text::TITLE_CHARS_MAX`] characters.
    pub title: String,
    /// At most [`crate::text::TEXT_CHARS_MAX`] characters; may be empty where there are files.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Documents and pictures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<Attachment>,
    /// From when it holds.
    pub effective: Timestamp,
    /// Until when; after `effective`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// The roles it is meant for; empty means everyone below.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub audience: Vec<Role>,
    /// Whether those it is meant for are asked to confirm it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub wants_receipt: bool,
    /// An earlier notice of the same org whose place it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Id>,
}

/// What is done to notices and receipts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Publishes a notice. Addressed to the new notice.
    Publish(Draft),
    /// Takes a notice back.
    Withdraw {
        /// Why, at most [`crate::text::TITLE_CHARS_MAX`] characters.
        reason: String,
    },
    /// Says that the actor has read a notice. Addressed to [`Receipt::id`] of the notice and the actor.
    Read {
        /// Which.
        notice: Id,
    },
    /// Says that the actor has read and understood a notice. Addressed to [`Receipt::id`] of the notice and the actor.
    Confirm {
        /// Which.
        notice: Id,
    },
}

/// Judges an action on notices.
pub fn decide(
    action: &Action,
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    match action {
        Action::Publish(draft) => publish::publish(draft, target, before, world, context),
        Action::Withdraw { reason } => publish::withdraw(reason, target, before, world, context),
        Action::Read { notice } => receipt::give(*notice, false, target, before, world, context),
        Action::Confirm { notice } => receipt::give(*notice, true, target, before, world, context),
    }
}
