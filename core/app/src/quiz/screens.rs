//! What the quiz screens show.

use haitang_domain::quiz::{Answer, AnswerKey, Attempt, Mode, Paper, PaperState, Question, Solution};
use haitang_domain::{Id, Timestamp};
use serde::Serialize;

use crate::directory::PAGE;
use crate::error::AppError;
use crate::phone::Phone;

/// A line of the list of papers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PaperItem {
    /// The paper.
    pub id: Id,
    /// Its title.
    pub title: String,
    /// Practice or contest.
    pub mode: Mode,
    /// How many questions.
    pub questions: usize,
    /// Minutes to answer it in.
    pub minutes: Option<u16>,
    /// It closes.
    pub closes: Option<Timestamp>,
    /// Where it stands.
    pub state: PaperState,
    /// How often this member has begun it.
    pub number: u8,
    /// The last score in points, where it is known.
    pub score: Option<f64>,
}

/// A paper, open to be answered.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PaperPage {
    /// The paper.
    pub id: Id,
    /// Its title.
    pub title: String,
    /// Practice or contest.
    pub mode: Mode,
    /// Its questions.
    pub questions: Vec<Question>,
    /// Minutes to answer it in.
    pub minutes: Option<u16>,
}

/// What an attempt came to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AttemptResult {
    /// The attempt.
    pub id: Id,
    /// The paper.
    pub paper: Id,
    /// Points reached; `None` while it waits to be marked.
    pub points: Option<f64>,
    /// Points that can be reached.
    pub max: Option<f64>,
    /// Whether it was passed.
    pub passed: Option<bool>,
    /// Question by question, where that is known.
    pub questions: Vec<QuestionResult>,
}

/// One question of a result.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuestionResult {
    /// What was asked.
    pub text: String,
    /// What was answered.
    pub answer: Option<Answer>,
    /// Points reached.
    pub points: Option<f64>,
    /// Points that can be reached.
    pub max: u16,
    /// The right answer, once it may be known.
    pub right: Option<Solution>,
    /// Why, once it may be known.
    pub explanation: String,
}

fn points(milli: u32) -> f64 {
    f64::from(milli) / 1_000.0
}

impl Phone {
    /// Papers that are open, or that this member has answered.
    pub fn papers(&self) -> Result<Vec<PaperItem>, AppError> {
        let found = self.store().papers(self.me()?, self.now(), PAGE)?;
        let item = |line: haitang_store::quiz::PaperLine| {
            let (paper, last) = (line.paper.body, line.attempt.map(|found| found.body));
            PaperItem {
                id: line.paper.id,
                title: paper.title,
                mode: paper.mode,
                questions: paper.questions.len(),
                minutes: paper.minutes,
                closes: paper.closes,
                state: paper.state,
                number: last.as_ref().map_or(0, |attempt| attempt.number),
                score: last.and_then(|attempt| attempt.score).map(|score| points(score.points_milli)),
            }
        };
        Ok(found.into_iter().map(item).collect())
    }

    /// One paper.
    pub fn paper(&self, id: Id) -> Result<PaperPage, AppError> {
        let paper: Paper = self.read(id)?;
        Ok(PaperPage { id, title: paper.title, mode: paper.mode, questions: paper.questions, minutes: paper.minutes })
    }

    /// What an attempt came to, with explanations once they may be known.
    pub fn attempt_result(&self, id: Id) -> Result<AttemptResult, AppError> {
        let attempt: Attempt = self.read(id)?;
        let paper: Paper = self.read(attempt.paper)?;
        let key = self.store().read::<AnswerKey>(AnswerKey::id(attempt.paper))?;
        let score = attempt.score.as_ref();
        let question = |(number, question): (usize, Question)| {
            let right = key.as_ref().and_then(|key| key.answers.get(number));
            QuestionResult {
                text: question.text,
                answer: attempt.answers.get(number).cloned().flatten(),
                points: score.and_then(|score| score.per_question.get(number)).map(|milli| points(*milli)),
                max: question.points,
                right: right.map(|right| right.answer.clone()),
                explanation: right.map(|right| right.explanation.clone()).unwrap_or_default(),
            }
        };
        Ok(AttemptResult {
            id,
            paper: attempt.paper,
            points: score.map(|score| points(score.points_milli)),
            max: score.map(|score| points(score.max_milli)),
            passed: score.map(|score| score.passed),
            questions: paper.questions.into_iter().enumerate().map(question).collect(),
        })
    }
}
