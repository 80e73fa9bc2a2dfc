//! Quizzes and contests: taking a paper, and its result.

use haitang_app::{domain::quiz as domain, quiz as app};

use crate::convert::{Given, Shown, answer, choice, id, record};
use crate::error::CoreError;
use crate::phone::Phone;

choice! {
    /// What a paper is for.
    Mode = domain::Mode {
        /// To learn: marked at once, offline.
        Practice,
        /// To compare: marked when it is closed.
        Contest,
    }
}

choice! {
    /// Where a paper stands.
    PaperState = domain::PaperState {
        /// Can be taken in its time.
        Open,
        /// Over.
        Closed,
        /// Taken back; its attempts do not count.
        Withdrawn,
    }
}

/// How a question is to be answered. `partial`: part of the answer earns part of the points.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum QuestionKind {
    /// By one option.
    Single {
        /// The options.
        options: Vec<String>,
    },
    /// By one or more options.
    Multiple {
        /// The options.
        options: Vec<String>,
        /// Whether part of the answer counts.
        partial: bool,
    },
    /// By yes or no.
    TrueFalse,
    /// By texts.
    FillIn {
        /// How many.
        blanks: u8,
        /// Whether part of the answer counts.
        partial: bool,
    },
    /// By putting things in order.
    Ordering {
        /// The things, in the order in which they are shown.
        items: Vec<String>,
        /// Whether part of the answer counts.
        partial: bool,
    },
}

impl Shown<QuestionKind> for domain::QuestionKind {
    fn shown(self) -> QuestionKind {
        match self {
            Self::Single { options } => QuestionKind::Single { options },
            Self::Multiple { options, partial } => QuestionKind::Multiple { options, partial },
            Self::TrueFalse => QuestionKind::TrueFalse,
            Self::FillIn { blanks, partial } => QuestionKind::FillIn { blanks, partial },
            Self::Ordering { items, partial } => QuestionKind::Ordering { items, partial },
        }
    }
}

impl Given<domain::QuestionKind> for QuestionKind {
    fn given(self) -> Result<domain::QuestionKind, CoreError> {
        Ok(match self {
            Self::Single { options } => domain::QuestionKind::Single { options },
            Self::Multiple { options, partial } => domain::QuestionKind::Multiple { options, partial },
            Self::TrueFalse => domain::QuestionKind::TrueFalse,
            Self::FillIn { blanks, partial } => domain::QuestionKind::FillIn { blanks, partial },
            Self::Ordering { items, partial } => domain::QuestionKind::Ordering { items, partial },
        })
    }
}

macro_rules! answers {
    ($(#[$meta:meta])* $name:ident, $texts:ty) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
        pub enum $name {
            /// To a single choice.
            Choice {
                /// The option.
                option: u16,
            },
            /// To a multiple choice.
            Choices {
                /// The options.
                options: Vec<u16>,
            },
            /// To true or false.
            Truth {
                /// Whether it is true.
                yes: bool,
            },
            /// To a fill-in.
            Texts {
                /// Blank by blank.
                blanks: $texts,
            },
            /// To an ordering.
            Order {
                /// First thing first.
                items: Vec<u16>,
            },
        }

        impl Shown<$name> for domain::$name {
            fn shown(self) -> $name {
                match self {
                    Self::Choice(option) => $name::Choice { option: option.shown() },
                    Self::Choices(options) => $name::Choices { options: options.shown() },
                    Self::Truth(yes) => $name::Truth { yes },
                    Self::Texts(blanks) => $name::Texts { blanks },
                    Self::Order(items) => $name::Order { items: items.shown() },
                }
            }
        }

        impl Given<domain::$name> for $name {
            fn given(self) -> Result<domain::$name, CoreError> {
                Ok(match self {
                    Self::Choice { option } => domain::$name::Choice(option.given()?),
                    Self::Choices { options } => domain::$name::Choices(options.given()?),
                    Self::Truth { yes } => domain::$name::Truth(yes),
                    Self::Texts { blanks } => domain::$name::Texts(blanks),
                    Self::Order { items } => domain::$name::Order(items.given()?),
                })
            }
        }
    };
}

answers! {
    /// What a member answered. Options and things to order are counted from 0.
    Answer, Vec<String>
}

answers! {
    /// What is right; for each blank of a fill-in every accepted text.
    Solution, Vec<Vec<String>>
}

record! {
    /// The right answer to one question, and why.
    given RightAnswer = domain::Right {
        /// What is right.
        answer: Solution,
        /// Why.
        explanation: String,
    }
}

record! {
    /// One question.
    both Question = domain::Question {
        /// What is asked.
        text: String,
        /// What it is worth.
        points: u16,
        /// How it is to be answered.
        kind: QuestionKind,
    }
}

record! {
    /// A paper as its author wrote it, with the answers.
    given PaperDraft = domain::Draft {
        /// In whose name.
        org: String,
        /// One line.
        title: String,
        /// The questions.
        questions: Vec<Question>,
        /// The right answers, one per question.
        answers: Vec<RightAnswer>,
        /// How long an attempt may take, in minutes.
        minutes: Option<u16>,
        /// From when it can be taken.
        opens: i64,
        /// Until when.
        closes: Option<i64>,
        /// How often each member may take it; 0 means as often as they like.
        attempts_max: u8,
        /// Percent of the points with which it is passed.
        pass_percent: u8,
        /// What it is for.
        mode: Mode,
    }
}

record! {
    /// A line of the list of papers.
    shown PaperItem = app::PaperItem {
        /// The paper.
        id: String,
        /// Its title.
        title: String,
        /// Practice or contest.
        mode: Mode,
        /// How many questions.
        questions: u32,
        /// Minutes to answer it in.
        minutes: Option<u16>,
        /// It opens.
        opens: i64,
        /// It closes.
        closes: Option<i64>,
        /// Where it stands.
        state: PaperState,
        /// How often this member has begun it.
        number: u8,
        /// The last score in points, where it is known.
        score: Option<f64>,
        /// The attempt that was begun, not handed in, and can still be.
        open_attempt: Option<String>,
        /// The last attempt that was handed in.
        last_attempt: Option<String>,
        /// Whether an attempt can be begun, or the open one gone on with, as far as this phone can tell.
        may_start: bool,
    }
}

record! {
    /// An attempt, to go on with or to look at.
    shown AttemptPage = app::AttemptPage {
        /// The attempt.
        id: String,
        /// What is asked.
        paper: PaperPage,
        /// The first attempt is 1.
        number: u8,
        /// One per question; nothing where there is none yet.
        answers: Vec<Option<Answer>>,
        /// When it began.
        started: i64,
        /// When it must be handed in: its minutes are over or the paper closes, whichever is first.
        ends: Option<i64>,
        /// What is left of that by the phone's best guess at the time, in milliseconds; 0 once it is over.
        remaining_ms: Option<i64>,
        /// Whether it was handed in.
        finished: bool,
    }
}

record! {
    /// A paper, open to be answered.
    shown PaperPage = app::PaperPage {
        /// The paper.
        id: String,
        /// Its title.
        title: String,
        /// Practice or contest.
        mode: Mode,
        /// Its questions.
        questions: Vec<Question>,
        /// Minutes to answer it in.
        minutes: Option<u16>,
    }
}

record! {
    /// What an attempt came to.
    shown AttemptResult = app::AttemptResult {
        /// The attempt.
        id: String,
        /// The paper.
        paper: String,
        /// Points reached; nothing while it waits to be marked.
        points: Option<f64>,
        /// Points that can be reached.
        max: Option<f64>,
        /// Whether it was passed.
        passed: Option<bool>,
        /// Question by question, where that is known.
        questions: Vec<QuestionResult>,
    }
}

record! {
    /// One question of a result.
    shown QuestionResult = app::QuestionResult {
        /// What was asked.
        text: String,
        /// What was answered.
        answer: Option<Answer>,
        /// Points reached.
        points: Option<f64>,
        /// Points that can be reached.
        max: u16,
        /// The right answer, once it may be known.
        right: Option<Solution>,
        /// Why, once it may be known.
        explanation: String,
    }
}

/// Each returns the id of what it was done to, where nothing else is said.
#[uniffi::export]
impl Phone {
    /// Papers that are open, or that this member has answered.
    pub fn papers(&self) -> Result<Vec<PaperItem>, CoreError> {
        answer(self.app.papers())
    }

    /// One paper.
    pub fn paper(&self, paper: &str) -> Result<PaperPage, CoreError> {
        answer(self.app.paper(id(paper)?))
    }

    /// Publishes a paper with its answers.
    pub fn publish_paper(&self, draft: PaperDraft) -> Result<String, CoreError> {
        answer(self.app.publish_paper(draft.given()?))
    }

    /// Withdraws a paper.
    pub fn withdraw_paper(&self, paper: &str, reason: &str) -> Result<String, CoreError> {
        answer(self.app.withdraw_paper(id(paper)?, reason))
    }

    /// Closes a contest and releases its answers.
    pub fn close_paper(&self, paper: &str) -> Result<String, CoreError> {
        answer(self.app.close_paper(id(paper)?))
    }

    /// One attempt of this member's, with its paper, the answers kept so far and what is left of its time.
    pub fn attempt(&self, attempt: &str) -> Result<AttemptPage, CoreError> {
        answer(self.app.attempt(id(attempt)?))
    }

    /// Starts the next attempt, or goes on with one that was not handed in. One whose time ran out is not gone on with: it stays as it is,
    /// and the next begins, where there may be one. Returns the attempt.
    pub fn start_attempt(&self, paper: &str) -> Result<String, CoreError> {
        answer(self.app.start_attempt(id(paper)?))
    }

    /// Keeps one answer of a started attempt; without an answer, takes back what was kept.
    pub fn answer_question(&self, attempt: &str, question: u16, given: Option<Answer>) -> Result<String, CoreError> {
        answer(self.app.answer_question(id(attempt)?, question, given.given()?))
    }

    /// Hands an attempt in, with one answer per question, or with none where those that were kept stand.
    ///
    /// It is taken until five minutes after its end. Later it is refused as `too_late`, and so is every further answer: the attempt stays
    /// as it is, with the answers that were kept, not handed in and without a score. Hand in when `remaining_ms` has run out.
    pub fn finish_attempt(&self, attempt: &str, answers: Vec<Option<Answer>>) -> Result<AttemptResult, CoreError> {
        answer(self.app.finish_attempt(id(attempt)?, answers.given()?))
    }

    /// Has an attempt marked whose answers were not yet known when it was handed in.
    pub fn mark_attempt(&self, attempt: &str) -> Result<AttemptResult, CoreError> {
        answer(self.app.mark_attempt(id(attempt)?))
    }

    /// What an attempt came to, with explanations once they may be known.
    pub fn attempt_result(&self, attempt: &str) -> Result<AttemptResult, CoreError> {
        answer(self.app.attempt_result(id(attempt)?))
    }
}
