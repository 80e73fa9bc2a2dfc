//! Publishing, closing and taking back a paper.

use super::{AnswerKey, Draft, MINUTES_MAX, Mode, Paper, PaperState, QUESTIONS_MAX};
use crate::decide::{Context, World, Write, Writes, existing, fresh, open_org};
use crate::id::Id;
use crate::notice::PUBLISHERS;
use crate::record::{Body, Key, Kind, Typed};
use crate::refusal::{Code, Refusal};
use crate::states::{Step, Table};
use crate::text::{self, TITLE_CHARS_MAX};

/// What is done to a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperStep {
    /// Set.
    Publish,
    /// Ended.
    Close,
    /// Taken back.
    Withdraw,
}

/// Who has a part in a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperParty {
    /// A publisher, secretary or admin of the org that sets it, or above.
    Publisher,
}

/// The life of a paper.
pub const PAPER_STATES: Table<PaperState, PaperStep, PaperParty> = {
    use PaperParty::Publisher;
    use PaperState::{Closed, Open, Withdrawn};
    use PaperStep::{Close, Publish, Withdraw};
    Table(&[
        Step { from: None, action: Publish, who: Publisher, to: Open },
        Step { from: Some(Open), action: Close, who: Publisher, to: Closed },
        Step { from: Some(Open), action: Withdraw, who: Publisher, to: Withdrawn },
        Step { from: Some(Closed), action: Withdraw, who: Publisher, to: Withdrawn },
    ])
};

fn step(
    from: Option<PaperState>,
    step: PaperStep,
    org: Id,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<PaperState, Refusal> {
    PAPER_STATES.step(from, step, |PaperParty::Publisher| context.holds_over(&PUBLISHERS, org, world))
}

impl Draft {
    fn check(&self) -> Result<(), Refusal> {
        text::filled("title", &self.title, TITLE_CHARS_MAX)?;
        if self.questions.is_empty() {
            return Err(Refusal::new(Code::Empty).with("field", "questions"));
        }
        text::list("questions", &self.questions, QUESTIONS_MAX)?;
        let refuse = |field| Err(Refusal::new(Code::OutOfRange).with("field", field));
        if self.answers.len() != self.questions.len() {
            return refuse("answers");
        }
        for (n, (question, right)) in self.questions.iter().zip(&self.answers).enumerate() {
            question.check().and_then(|()| right.check()).map_err(|refusal| refusal.with("question", n))?;
            if !question.is_solved_by(&right.answer) {
                return Err(Refusal::new(Code::BadAnswer).with("question", n));
            }
        }
        if self.minutes.is_some_and(|minutes| !(1..=MINUTES_MAX).contains(&minutes)) {
            return refuse("minutes");
        }
        if self.closes.is_some_and(|closes| closes <= self.opens) {
            return refuse("closes");
        }
        if self.pass_percent > 100 {
            return refuse("pass_percent");
        }
        Ok(())
    }
}

pub(super) fn publish(
    draft: &Draft,
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    fresh(Kind::Paper, target, before)?;
    draft.check()?;
    open_org(world, draft.org)?;
    let state = step(None, PaperStep::Publish, draft.org, world, context)?;
    let paper = Paper {
        org: draft.org,
        title: draft.title.trim().to_owned(),
        questions: draft.questions.clone(),
        minutes: draft.minutes,
        opens: draft.opens,
        closes: draft.closes,
        attempts_max: draft.attempts_max,
        pass_percent: draft.pass_percent,
        mode: draft.mode,
        author: context.actor,
        state,
        withdrawn_reason: String::new(),
    };
    let released = draft.mode == Mode::Practice;
    let key = AnswerKey { paper: target.id, org: draft.org, answers: draft.answers.clone(), released };
    Ok(vec![Write::new(target.id, paper), Write::new(AnswerKey::id(target.id), key)])
}

pub(super) fn close(target: Key, before: Option<&Body>, world: &dyn World, context: &Context<'_>) -> Result<Writes, Refusal> {
    let mut paper: Paper = existing(before)?;
    paper.state = step(Some(paper.state), PaperStep::Close, paper.org, world, context)?;
    let now = context.now();
    // What was handed in before this moment on a phone without network is still taken, what comes after it is not.
    paper.closes = Some(paper.closes.map_or(now, |closes| closes.min(now)));
    let mut writes = vec![Write::new(target.id, paper)];
    // A phone does not hold the key of a contest; the server does, and releases it.
    let key_id = AnswerKey::id(target.id);
    if let Some(key) = world.get(Key::new(Kind::AnswerKey, key_id)).and_then(AnswerKey::of)
        && !key.released
    {
        writes.push(Write::new(key_id, AnswerKey { released: true, ..key }));
    }
    Ok(writes)
}

pub(super) fn withdraw(
    reason: &str,
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    let mut paper: Paper = existing(before)?;
    paper.state = step(Some(paper.state), PaperStep::Withdraw, paper.org, world, context)?;
    text::filled("reason", reason, TITLE_CHARS_MAX)?;
    reason.trim().clone_into(&mut paper.withdrawn_reason);
    Ok(vec![Write::new(target.id, paper)])
}
