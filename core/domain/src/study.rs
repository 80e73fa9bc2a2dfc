//! Study: material an org pushes to everyone below it, how far each member has come, and when to look at it again.
//!
//! Studying is a member's own matter: progress travels in the member's own feed, and only a finished study is seen by the
//! branch. Nothing is refused for being late or for the material having been withdrawn meanwhile: a person who had no network
//! could not know. When to review is computed by FSRS, see [`schedule`]. A study's life, from the table that runs:
#![doc = include_str!("study/study.states.md")]

mod learn;
mod publish;
pub mod schedule;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::decide::{Context, World, Writes};
use crate::feed::Feed;
use crate::id::Id;
use crate::record::{Body, Key};
use crate::refusal::Refusal;
use crate::time::Timestamp;

pub use publish::{STUDY_STATES, StudyParty, StudyStep};

/// The most sections a study has.
pub const SECTIONS_MAX: usize = 200;
/// The most items for review a study has.
pub const ITEMS_MAX: usize = 500;
/// The longest prompt or answer of an item, in characters.
pub const ITEM_CHARS_MAX: usize = 2_000;
/// The longest a study can be said to take, in minutes.
pub const MINUTES_MAX: u16 = 600;

/// One part of a study, read in one go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// One line.
    pub title: String,
    /// What there is to read.
    pub text: String,
}

/// Something to remember, asked again from time to time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// What is asked.
    pub prompt: String,
    /// What should come to mind.
    pub answer: String,
}

/// Whether a study is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StudyState {
    /// Offered to everyone below.
    Published,
    /// Taken back.
    Withdrawn,
}

/// Material pushed by an org to everyone below it. Feeds: `down/<org>`, `org/<org>`, also when withdrawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Study {
    /// Who offers it.
    pub org: Id,
    /// One line.
    pub title: String,
    /// What it is about.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub summary: String,
    /// What there is to read, at least one.
    pub sections: Vec<Section>,
    /// What there is to remember.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Item>,
    /// How long it takes, in minutes.
    pub minutes: u16,
    /// From when it is offered.
    pub from: Timestamp,
    /// Until when it should be done, where that matters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// Who published it.
    pub author: Id,
    /// Whether it is offered.
    pub state: StudyState,
    /// Why it was taken back.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub withdrawn_reason: String,
}

impl Study {
    /// The feeds it belongs to.
    pub fn feeds(&self) -> Vec<Feed> {
        vec![Feed::down(self.org), Feed::org(self.org)]
    }
}

/// How far one member has come. Feeds: `member/<member>`, and `org/<org>` once finished.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Learning {
    /// In which study.
    pub study: Id,
    /// Who.
    pub member: Id,
    /// The org the member belonged to when they began.
    pub org: Id,
    /// The sections that were read, counted from 0.
    pub read: BTreeSet<u16>,
    /// When the first was read, at the latest.
    pub started: Timestamp,
    /// When the last was read, at the latest; `None` while some are left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished: Option<Timestamp>,
}

impl Learning {
    /// The id of the only record of `member`'s progress in `study`.
    pub fn id(study: Id, member: Id) -> Id {
        Id::derived("learning", study, member.bytes())
    }

    /// The feeds it belongs to.
    pub fn feeds(&self) -> Vec<Feed> {
        let mut feeds = vec![Feed::member(self.member)];
        if self.finished.is_some() {
            feeds.push(Feed::org(self.org));
        }
        feeds
    }
}

/// When one member should next review one item. Feed: `member/<member>` alone; what a person forgets is nobody's business.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Review {
    /// Of which study.
    pub study: Id,
    /// Which of its items, counted from 0.
    pub item: u16,
    /// Who.
    pub member: Id,
    /// The org the member belonged to at the first review.
    pub org: Id,
    /// Days after which it is remembered with the wished probability; two decimals.
    pub stability: f32,
    /// How hard it is, 1 to 10; two decimals.
    pub difficulty: f32,
    /// When it was last reviewed.
    pub last: Timestamp,
    /// When to review it next.
    pub due: Timestamp,
    /// How often it was reviewed.
    pub reps: u32,
    /// How often it had been forgotten.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub lapses: u32,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
fn is_zero(count: &u32) -> bool {
    *count == 0
}

impl Review {
    /// The id of the only review of `item` of `study` by `member`.
    pub fn id(study: Id, member: Id, item: u16) -> Id {
        let mut other = [0; 18];
        other[..16].copy_from_slice(member.bytes());
        other[16..].copy_from_slice(&item.to_be_bytes());
        Id::derived("review", study, &other)
    }

    /// The feeds it belongs to.
    pub fn feeds(&self) -> Vec<Feed> {
        vec![Feed::member(self.member)]
    }
}

/// How well an item came to mind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rating {
    /// Not at all.
    Again,
    /// With effort.
    Hard,
    /// As it should.
    Good,
    /// At once.
    Easy,
}

impl Rating {
    /// Every rating, worst first.
    pub const ALL: [Self; 4] = [Self::Again, Self::Hard, Self::Good, Self::Easy];
}

/// A study as its author wrote it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// In whose name.
    pub org: Id,
    /// One line, at most [`crate::text::TITLE_CHARS_MAX`] characters.
    pub title: String,
    /// What it is about, at most [`ITEM_CHARS_MAX`] characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub summary: String,
    /// 1 to [`SECTIONS_MAX`] sections.
    pub sections: Vec<Section>,
    /// At most [`ITEMS_MAX`] items.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Item>,
    /// How long it takes, 1 to [`MINUTES_MAX`] minutes.
    pub minutes: u16,
    /// From when it is offered.
    pub from: Timestamp,
    /// Until when it should be done; after `from`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// What is done to studies, learning and reviews.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Publishes a study. Addressed to the new study.
    Publish(Draft),
    /// Takes a study back.
    Withdraw {
        /// Why, at most [`crate::text::TITLE_CHARS_MAX`] characters.
        reason: String,
    },
    /// Says that the actor has read a section; the last one finishes the study. Addressed to [`Learning::id`].
    ReadSection {
        /// Of which study.
        study: Id,
        /// Which section, counted from 0.
        section: u16,
    },
    /// Says how well the actor remembered an item. Addressed to [`Review::id`].
    Rate {
        /// Of which study.
        study: Id,
        /// Which item, counted from 0.
        item: u16,
        /// How well.
        rating: Rating,
    },
}

/// Judges an action on studies.
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
        Action::ReadSection { study, section } => learn::read_section(*study, *section, target, before, world, context),
        Action::Rate { study, item, rating } => learn::rate(*study, *item, *rating, target, before, world, context),
    }
}
