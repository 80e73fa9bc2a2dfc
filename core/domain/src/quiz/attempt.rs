//! Taking a paper.

use super::{Answer, AnswerKey, Attempt, GRACE_MS, Mode, Paper, PaperState, Score, marking};
use crate::decide::{Context, World, Write, Writes, existing, fresh, read};
use crate::id::Id;
use crate::record::{Body, Key, Kind, Typed};
use crate::refusal::{Code, Refusal};
use crate::states::{Step, Table, snake};
use crate::time::Timestamp;

/// Where an attempt stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttemptState {
    /// Begun.
    Running,
    /// Handed in.
    Finished,
}

/// What is done to an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttemptStep {
    /// Begun.
    Start,
    /// An answer is kept.
    Answer,
    /// Handed in.
    Finish,
    /// Marked again.
    Mark,
}

/// Who has a part in an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttemptParty {
    /// The member who takes the paper.
    Taker,
}

/// The life of an attempt.
pub const ATTEMPT_STATES: Table<AttemptState, AttemptStep, AttemptParty> = {
    use AttemptParty::Taker;
    use AttemptState::{Finished, Running};
    use AttemptStep::{Answer, Finish, Mark, Start};
    Table(&[
        Step { from: None, action: Start, who: Taker, to: Running },
        Step { from: Some(Running), action: Answer, who: Taker, to: Running },
        Step { from: Some(Running), action: Finish, who: Taker, to: Finished },
        Step { from: Some(Finished), action: Mark, who: Taker, to: Finished },
    ])
};

impl Attempt {
    /// Where it stands.
    pub fn state(&self) -> AttemptState {
        if self.finished.is_some() { AttemptState::Finished } else { AttemptState::Running }
    }
}

pub(super) fn start(
    paper_id: Id,
    number: u8,
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    fresh(Kind::Attempt, target, before)?;
    if target.id != Attempt::id(paper_id, context.actor, number) {
        return Err(Refusal::new(Code::WrongKind).with("kind", "attempt"));
    }
    let paper: Paper = read(world, paper_id)?;
    if !context.receives(paper.org, world) {
        return Err(Refusal::new(Code::NotAMember).with("kind", "paper"));
    }
    not_withdrawn(&paper, AttemptStep::Start)?;
    if number == 0 {
        return Err(Refusal::new(Code::OutOfRange).with("field", "number"));
    }
    if paper.attempts_max > 0 && number > paper.attempts_max {
        return Err(Refusal::new(Code::NoAttemptsLeft).with("limit", paper.attempts_max));
    }
    if number > 1 {
        read::<Attempt>(world, Attempt::id(paper_id, context.actor, number - 1))?;
    }
    if context.made.latest < paper.opens {
        return Err(Refusal::new(Code::TooEarly).with("field", "opens"));
    }
    if paper.closes.is_some_and(|closes| context.made.earliest > closes) {
        return Err(Refusal::new(Code::TooLate).with("field", "closes"));
    }
    let attempt = Attempt {
        paper: paper_id,
        member: context.actor,
        org: context.member.org,
        number,
        answers: vec![None; paper.questions.len()],
        started: context.now(),
        finished: None,
        score: None,
        sealed: paper.mode == Mode::Contest,
    };
    Ok(vec![Write::new(target.id, attempt)])
}

pub(super) fn answer(
    question: u16,
    answer: Option<&Answer>,
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    let (mut attempt, paper) = running(AttemptStep::Answer, before, world, context)?;
    let Some(asked) = paper.questions.get(usize::from(question)) else {
        return Err(Refusal::new(Code::OutOfRange).with("field", "question"));
    };
    if answer.is_some_and(|answer| !asked.fits(answer)) {
        return Err(Refusal::new(Code::BadAnswer).with("question", question));
    }
    attempt.answers.resize(paper.questions.len(), None);
    attempt.answers[usize::from(question)] = answer.cloned();
    Ok(vec![Write::new(target.id, attempt)])
}

pub(super) fn finish(
    answers: &[Option<Answer>],
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    let (mut attempt, paper) = running(AttemptStep::Finish, before, world, context)?;
    if !answers.is_empty() {
        if answers.len() != paper.questions.len() {
            return Err(Refusal::new(Code::OutOfRange).with("field", "answers"));
        }
        for (n, (question, answer)) in paper.questions.iter().zip(answers).enumerate() {
            if answer.as_ref().is_some_and(|answer| !question.fits(answer)) {
                return Err(Refusal::new(Code::BadAnswer).with("question", n));
            }
        }
        attempt.answers = answers.to_vec();
    }
    // Known no better than it is: never before it began.
    attempt.finished = Some(context.now().max(attempt.started));
    let key = key_of(attempt.paper, world);
    attempt.sealed = paper.mode == Mode::Contest && !key.as_ref().is_some_and(|key| key.released);
    attempt.score = key.and_then(|key| score(&attempt, &paper, &key));
    Ok(vec![Write::new(target.id, attempt)])
}

pub(super) fn mark(target: Key, before: Option<&Body>, world: &dyn World, context: &Context<'_>) -> Result<Writes, Refusal> {
    let (mut attempt, paper) = own(AttemptStep::Mark, before, world, context)?;
    // Phone and server say the same while a key is withheld, though one lacks it and the other has it.
    let key = key_of(attempt.paper, world).filter(|key| key.released);
    let key = key.ok_or_else(|| Refusal::new(Code::TooEarly).with("field", "answer_key"))?;
    attempt.sealed = false;
    attempt.score = score(&attempt, &paper, &key);
    Ok(vec![Write::new(target.id, attempt)])
}

/// The actor's own attempt, to which `step` may be done, and its paper.
fn own(step: AttemptStep, before: Option<&Body>, world: &dyn World, context: &Context<'_>) -> Result<(Attempt, Paper), Refusal> {
    let attempt: Attempt = existing(before)?;
    if attempt.member != context.actor {
        return Err(Refusal::new(Code::NotYours).with("kind", "attempt"));
    }
    ATTEMPT_STATES.step(Some(attempt.state()), step, |AttemptParty::Taker| attempt.member == context.actor)?;
    let paper: Paper = read(world, attempt.paper)?;
    not_withdrawn(&paper, step)?;
    Ok((attempt, paper))
}

/// The same, while its time is not over: judged by the earliest moment it can have been, for the benefit of the doubt.
fn running(
    step: AttemptStep,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<(Attempt, Paper), Refusal> {
    let (attempt, paper) = own(step, before, world, context)?;
    let over = |deadline: Timestamp| context.made.earliest > deadline.plus_millis(GRACE_MS);
    if attempt.deadline(&paper).is_some_and(over) {
        return Err(Refusal::new(Code::TooLate).with("field", "finish"));
    }
    Ok((attempt, paper))
}

fn not_withdrawn(paper: &Paper, step: AttemptStep) -> Result<(), Refusal> {
    if paper.state == PaperState::Withdrawn {
        return Err(Refusal::new(Code::WrongState).with("state", snake(&paper.state)).with("action", snake(&step)));
    }
    Ok(())
}

fn key_of(paper: Id, world: &dyn World) -> Option<AnswerKey> {
    world.get(Key::new(Kind::AnswerKey, AnswerKey::id(paper))).and_then(AnswerKey::of)
}

/// What may be told of the attempt's worth, see [`Attempt::score`].
fn score(attempt: &Attempt, paper: &Paper, key: &AnswerKey) -> Option<Score> {
    let score = marking::mark(&paper.questions, &key.answers, &attempt.answers, paper.pass_percent);
    match (key.released, paper.attempts_max) {
        (true, _) => Some(score),
        (false, 1) => Some(Score { per_question: Vec::new(), ..score }),
        (false, _) => None,
    }
}
