//! Quizzes and contests: taking a paper, and its result.

use haitang_domain::quiz::{Action, Answer, Attempt, Draft};
use haitang_domain::{Id, Kind};

use crate::error::AppError;
use crate::phone::Phone;

mod screens;

pub use screens::{AttemptPage, AttemptResult, PaperItem, PaperPage, QuestionResult};

impl Phone {
    fn quiz(&self, kind: Kind, id: Id, action: Action) -> Result<Id, AppError> {
        self.perform(kind, id, haitang_domain::Action::Quiz(action))?;
        Ok(id)
    }

    /// Publishes a paper with its answers.
    pub fn publish_paper(&self, draft: Draft) -> Result<Id, AppError> {
        self.quiz(Kind::Paper, self.new_id(), Action::Publish(draft))
    }

    /// Withdraws a paper.
    pub fn withdraw_paper(&self, paper: Id, reason: &str) -> Result<Id, AppError> {
        self.quiz(Kind::Paper, paper, Action::Withdraw { reason: reason.to_owned() })
    }

    /// Closes a contest and releases its answers.
    pub fn close_paper(&self, paper: Id) -> Result<Id, AppError> {
        self.quiz(Kind::Paper, paper, Action::Close)
    }

    /// Starts the next attempt, or goes on with one that was started and not handed in, as after a killed process. One whose time ran out is
    /// not gone on with: it stays as it is, and the next begins, where there may be one.
    pub fn start_attempt(&self, paper: Id) -> Result<Id, AppError> {
        let me = self.me()?;
        // Numbers rise by one: the first that is not there, or is not finished, is the one.
        for number in 1..=u8::MAX {
            let id = Attempt::id(paper, me, number);
            match self.store().read::<Attempt>(id)? {
                Some(attempt) if attempt.finished.is_some() || self.is_over(&attempt)? => {}
                Some(_) => return Ok(id),
                None => return self.quiz(Kind::Attempt, id, Action::Start { paper, number }),
            }
        }
        Err(haitang_domain::Refusal::new(haitang_domain::Code::NoAttemptsLeft).with("limit", u8::MAX).into())
    }

    /// Keeps one answer of a started attempt, so that a killed process loses none.
    pub fn answer_question(&self, attempt: Id, question: u16, answer: Option<Answer>) -> Result<Id, AppError> {
        self.quiz(Kind::Attempt, attempt, Action::Answer { question, answer })
    }

    /// Hands an attempt in.
    ///
    /// The rules take it until [`haitang_domain::quiz::GRACE_MS`] after its end, for a slow finger; what the phone cannot know to the moment
    /// is judged for the benefit of the doubt. Later it is refused as `too_late`, and so is every further answer: the attempt stays as it
    /// is, with the answers that were kept, not handed in and without a score. A shell hands in by itself when the time runs out.
    pub fn finish_attempt(&self, attempt: Id, answers: Vec<Option<Answer>>) -> Result<AttemptResult, AppError> {
        self.quiz(Kind::Attempt, attempt, Action::Finish { answers })?;
        self.attempt_result(attempt)
    }

    /// Has an attempt marked whose answers were not yet known when it was handed in.
    pub fn mark_attempt(&self, attempt: Id) -> Result<AttemptResult, AppError> {
        self.quiz(Kind::Attempt, attempt, Action::Mark)?;
        self.attempt_result(attempt)
    }
}
