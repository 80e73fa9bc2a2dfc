//! Quizzes: papers, their answer keys, and members' attempts.
//!
//! A paper never holds its answers; they are a record of their own. **Answer keys never reach a phone before a contest
//! closes**: until then the key lies in no feed, and what is derived from it stays back too, see
//! [`Attempt::score`]. A phone that holds no key keeps an attempt without a score ("waits for marking"); the server, who holds
//! every key, marks it, and its word stands. How answers are marked is in [`marking`].
//!
//! A paper's life, from the table that runs:
#![doc = include_str!("quiz/paper.states.md")]
//!
//! and an attempt's:
#![doc = include_str!("quiz/attempt.states.md")]

mod attempt;
pub mod marking;
mod paper;
mod question;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::decide::{Context, World, Writes};
use crate::feed::Feed;
use crate::id::Id;
use crate::record::{Body, Key};
use crate::refusal::Refusal;
use crate::time::{MINUTE_MS, Timestamp};

pub use attempt::{ATTEMPT_STATES, AttemptParty, AttemptState, AttemptStep};
pub use marking::Score;
pub use paper::{PAPER_STATES, PaperParty, PaperStep};
pub use question::{
    ACCEPTED_MAX, ANSWER_CHARS_MAX, Answer, BLANKS_MAX, OPTION_CHARS_MAX, OPTIONS_MAX, POINTS_MAX, Question, QuestionKind, Right,
    Solution,
};

/// The most questions a paper has.
pub const QUESTIONS_MAX: usize = 200;
/// The longest a paper can give, in minutes.
pub const MINUTES_MAX: u16 = 1_440;
/// How long after its deadline an attempt is still taken, in milliseconds: for a slow finger, not for a second thought.
pub const GRACE_MS: i64 = 5 * MINUTE_MS;

/// What a paper is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// To learn: the key is there from the start, so that a phone marks at once, offline.
    Practice,
    /// To compare: the key comes when the contest is closed.
    Contest,
}

/// Where a paper stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperState {
    /// Can be taken between its `opens` and `closes`.
    Open,
    /// Over; its key is there for all.
    Closed,
    /// Taken back; its attempts do not count.
    Withdrawn,
}

/// Questions to be answered together. Feeds: `down/<org>`, `org/<org>`, in every state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Paper {
    /// Who sets it.
    pub org: Id,
    /// One line.
    pub title: String,
    /// What is asked, without the answers.
    pub questions: Vec<Question>,
    /// How long an attempt may take, in minutes; `None` where that does not matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u16>,
    /// From when it can be taken.
    pub opens: Timestamp,
    /// Until when; `None` until it is closed by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes: Option<Timestamp>,
    /// How often each member may take it; 0 means as often as they like.
    pub attempts_max: u8,
    /// Percent of the points with which it is passed, 0 to 100.
    pub pass_percent: u8,
    /// What it is for.
    pub mode: Mode,
    /// Who set it.
    pub author: Id,
    /// Where it stands.
    pub state: PaperState,
    /// Why it was taken back.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub withdrawn_reason: String,
}

impl Paper {
    /// The feeds it belongs to.
    pub fn feeds(&self) -> Vec<Feed> {
        vec![Feed::down(self.org), Feed::org(self.org)]
    }
}

/// The right answers of a paper.
///
/// Feeds: `down/<org>` and `org/<org>` once released, which for practice is from the start. Until then none at all. Any feed is the
/// feed of some id, and whoever can make an org or a member of that id could come to read it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnswerKey {
    /// Of which paper.
    pub paper: Id,
    /// Who sets the paper.
    pub org: Id,
    /// One per question.
    pub answers: Vec<Right>,
    /// Whether everyone may see it.
    pub released: bool,
}

impl AnswerKey {
    /// The id of the only key of `paper`.
    pub fn id(paper: Id) -> Id {
        Id::derived("answer_key", paper, b"")
    }

    /// The feeds it belongs to.
    pub fn feeds(&self) -> Vec<Feed> {
        if self.released { vec![Feed::down(self.org), Feed::org(self.org)] } else { vec![] }
    }
}

/// One member's answers to a paper.
///
/// Feeds: `member/<member>`, and `org/<org>` once finished, for a contest once its key is released: a good attempt is a key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attempt {
    /// Of which paper.
    pub paper: Id,
    /// Whose.
    pub member: Id,
    /// The org the member belonged to when they began.
    pub org: Id,
    /// The first attempt is 1.
    pub number: u8,
    /// One per question; `None` where there is none yet.
    pub answers: Vec<Option<Answer>>,
    /// When it began, at the latest.
    pub started: Timestamp,
    /// When it was handed in, at the latest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished: Option<Timestamp>,
    /// What it is worth; `None` while it waits for marking.
    ///
    /// Of a contest whose key is not released it tells the sum alone, and nothing at all where there may be several attempts:
    /// whoever may try twice could learn the key from two sums.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Score>,
    /// It belongs to a contest whose key was not released when it was last touched.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sealed: bool,
}

impl Attempt {
    /// The id of the attempt `number` at `paper` by `member`.
    pub fn id(paper: Id, member: Id, number: u8) -> Id {
        let mut other = [number; 17];
        other[..16].copy_from_slice(member.bytes());
        Id::derived("attempt", paper, &other)
    }

    /// The feeds it belongs to.
    pub fn feeds(&self) -> Vec<Feed> {
        let mut feeds = vec![Feed::member(self.member)];
        if self.finished.is_some() && !self.sealed {
            feeds.push(Feed::org(self.org));
        }
        feeds
    }

    /// When it must be handed in: its minutes are over or the paper closes, whichever is first.
    pub fn deadline(&self, paper: &Paper) -> Option<Timestamp> {
        let own = paper.minutes.map(|minutes| self.started.plus_millis(i64::from(minutes) * MINUTE_MS));
        [own, paper.closes].into_iter().flatten().min()
    }
}

/// A paper as its author wrote it, with the answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// In whose name.
    pub org: Id,
    /// One line, at most [`crate::text::TITLE_CHARS_MAX`] characters.
    pub title: String,
    /// 1 to [`QUESTIONS_MAX`] questions; options and things to order as they are to be shown.
    pub questions: Vec<Question>,
    /// The right answers, one per question.
    pub answers: Vec<Right>,
    /// How long an attempt may take, 1 to [`MINUTES_MAX`] minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u16>,
    /// From when it can be taken.
    pub opens: Timestamp,
    /// Until when; after `opens`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes: Option<Timestamp>,
    /// How often each member may take it; 0 means as often as they like.
    pub attempts_max: u8,
    /// Percent of the points with which it is passed, 0 to 100.
    pub pass_percent: u8,
    /// What it is for.
    pub mode: Mode,
}

/// What is done to papers and attempts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Publishes a paper with its key. Addressed to the new paper.
    Publish(Draft),
    /// Takes a paper back.
    Withdraw {
        /// Why, at most [`crate::text::TITLE_CHARS_MAX`] characters.
        reason: String,
    },
    /// Ends a paper now, if its time has not ended it before, and releases the key of a contest.
    Close,
    /// Begins an attempt. Addressed to [`Attempt::id`].
    Start {
        /// At which paper.
        paper: Id,
        /// Which attempt; the first is 1.
        number: u8,
    },
    /// Keeps or takes back the answer to one question.
    Answer {
        /// Which question, counted from 0.
        question: u16,
        /// What; `None` takes it back.
        answer: Option<Answer>,
    },
    /// Hands an attempt in.
    Finish {
        /// One per question, in place of all that was kept; empty where what was kept stands.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        answers: Vec<Option<Answer>>,
    },
    /// Marks one's own finished attempt again, now that the key is there.
    Mark,
}

/// Judges an action on papers and attempts.
pub fn decide(
    action: &Action,
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    match action {
        Action::Publish(draft) => paper::publish(draft, target, before, world, context),
        Action::Withdraw { reason } => paper::withdraw(reason, target, before, world, context),
        Action::Close => paper::close(target, before, world, context),
        Action::Start { paper, number } => attempt::start(*paper, *number, target, before, world, context),
        Action::Answer { question, answer } => attempt::answer(*question, answer.as_ref(), target, before, world, context),
        Action::Finish { answers } => attempt::finish(answers, target, before, world, context),
        Action::Mark => attempt::mark(target, before, world, context),
    }
}
