//! What the quiz screens show.

use haitang_domain::quiz::{Answer, AnswerKey, Attempt, GRACE_MS, Mode, Paper, PaperState, Question, Solution};
use haitang_domain::{Id, Timestamp};
use haitang_store::quiz::PaperLine;
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
    /// It opens.
    pub opens: Timestamp,
    /// It closes.
    pub closes: Option<Timestamp>,
    /// Where it stands.
    pub state: PaperState,
    /// How often this member has begun it.
    pub number: u8,
    /// The last score in points, where it is known.
    pub score: Option<f64>,
    /// The attempt that was begun, not handed in, and can still be.
    pub open_attempt: Option<Id>,
    /// The last attempt that was handed in.
    pub last_attempt: Option<Id>,
    /// Whether an attempt can be begun, or the open one gone on with, as far as this phone can tell.
    pub may_start: bool,
}

/// An attempt, to go on with or to look at.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AttemptPage {
    /// The attempt.
    pub id: Id,
    /// What is asked.
    pub paper: PaperPage,
    /// The first attempt is 1.
    pub number: u8,
    /// One per question; `None` where there is none yet.
    pub answers: Vec<Option<Answer>>,
    /// When it began.
    pub started: Timestamp,
    /// When it must be handed in: its minutes are over or the paper closes, whichever is first.
    pub ends: Option<Timestamp>,
    /// What is left of that by the phone's best guess at the time, in milliseconds; 0 once it is over.
    pub remaining_ms: Option<i64>,
    /// Whether it was handed in.
    pub finished: bool,
}

/// Where a member stands with a paper.
pub(crate) struct Stand {
    /// The attempt that can be gone on with.
    pub open: Option<Id>,
    /// The last attempt that was handed in.
    pub last: Option<Id>,
    /// Whether one can be begun or gone on with.
    pub may_start: bool,
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

fn page(id: Id, paper: Paper) -> PaperPage {
    PaperPage { id, title: paper.title, mode: paper.mode, questions: paper.questions, minutes: paper.minutes }
}

/// Whether the rules take nothing more of an attempt at `now`.
fn over(attempt: &Attempt, paper: &Paper, now: Timestamp) -> bool {
    attempt.deadline(paper).is_some_and(|end| end.plus_millis(GRACE_MS) < now)
}

fn points(milli: u32) -> f64 {
    f64::from(milli) / 1_000.0
}

impl Phone {
    /// Papers that are open, or that this member has answered.
    pub fn papers(&self) -> Result<Vec<PaperItem>, AppError> {
        let found = self.store().papers(self.me()?, self.now(), PAGE)?;
        let now = self.now();
        let item = |line: PaperLine| {
            let stand = self.stand(&line, now)?;
            let (paper, last) = (line.paper.body, line.attempt.map(|found| found.body));
            Ok(PaperItem {
                id: line.paper.id,
                title: paper.title,
                mode: paper.mode,
                questions: paper.questions.len(),
                minutes: paper.minutes,
                opens: paper.opens,
                closes: paper.closes,
                state: paper.state,
                number: last.as_ref().map_or(0, |attempt| attempt.number),
                score: last.and_then(|attempt| attempt.score).map(|score| points(score.points_milli)),
                open_attempt: stand.open,
                last_attempt: stand.last,
                may_start: stand.may_start,
            })
        };
        found.into_iter().map(item).collect()
    }

    /// Where the holder stands with a paper at `now`.
    pub(crate) fn stand(&self, line: &PaperLine, now: Timestamp) -> Result<Stand, AppError> {
        let (paper, me) = (&line.paper.body, self.me()?);
        let number = line.attempt.as_ref().map_or(0, |attempt| attempt.body.number);
        let (mut open, mut last) = (None, None);
        for number in (1..=number).rev() {
            let id = Attempt::id(line.paper.id, me, number);
            match self.store().read::<Attempt>(id)? {
                Some(attempt) if attempt.finished.is_some() => {
                    last = Some(id);
                    break;
                }
                Some(attempt) if !over(&attempt, paper, now) => open = Some(id),
                _ => {}
            }
        }
        let in_time = paper.opens <= now && paper.closes.is_none_or(|closes| now <= closes);
        let more = paper.attempts_max == 0 || number < paper.attempts_max;
        let open = open.filter(|_| paper.state != PaperState::Withdrawn);
        let may_start = open.is_some() || (paper.state == PaperState::Open && in_time && more && number < u8::MAX);
        Ok(Stand { open, last, may_start })
    }

    /// Whether the time of an attempt that was not handed in has run out for good.
    pub(crate) fn is_over(&self, attempt: &Attempt) -> Result<bool, AppError> {
        let paper: Paper = self.read(attempt.paper)?;
        Ok(over(attempt, &paper, self.now()))
    }

    /// One attempt of the holder's, with its paper and what is left of its time.
    pub fn attempt(&self, id: Id) -> Result<AttemptPage, AppError> {
        let attempt: Attempt = self.read(id)?;
        let paper: Paper = self.read(attempt.paper)?;
        let ends = attempt.deadline(&paper);
        let Attempt { number, mut answers, started, finished, .. } = attempt;
        answers.resize(paper.questions.len(), None);
        Ok(AttemptPage {
            id,
            paper: page(attempt.paper, paper),
            number,
            answers,
            started,
            ends,
            remaining_ms: ends.map(|ends| ends.since(self.now()).max(0)),
            finished: finished.is_some(),
        })
    }

    /// One paper.
    pub fn paper(&self, id: Id) -> Result<PaperPage, AppError> {
        Ok(page(id, self.read(id)?))
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
