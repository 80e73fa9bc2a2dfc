//! Publishing and taking back.

use super::{Draft, ITEM_CHARS_MAX, ITEMS_MAX, MINUTES_MAX, SECTIONS_MAX, Study, StudyState};
use crate::decide::{Context, World, Write, Writes, existing, fresh, open_org};
use crate::id::Id;
use crate::notice::PUBLISHERS;
use crate::record::{Body, Key, Kind};
use crate::refusal::{Code, Refusal};
use crate::states::{Step, Table};
use crate::text::{self, TEXT_CHARS_MAX, TITLE_CHARS_MAX};

/// What is done to a study.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StudyStep {
    /// Offered.
    Publish,
    /// Taken back.
    Withdraw,
}

/// Who has a part in a study.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StudyParty {
    /// A publisher, secretary or admin of the org that offers it, or above.
    Publisher,
}

/// The life of a study.
pub const STUDY_STATES: Table<StudyState, StudyStep, StudyParty> = {
    use StudyParty::Publisher;
    use StudyState::{Published, Withdrawn};
    use StudyStep::{Publish, Withdraw};
    Table(&[
        Step { from: None, action: Publish, who: Publisher, to: Published },
        Step { from: Some(Published), action: Withdraw, who: Publisher, to: Withdrawn },
    ])
};

fn step(
    from: Option<StudyState>,
    step: StudyStep,
    org: Id,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<StudyState, Refusal> {
    STUDY_STATES.step(from, step, |StudyParty::Publisher| context.holds_over(&PUBLISHERS, org, world))
}

impl Draft {
    fn check(&self) -> Result<(), Refusal> {
        text::filled("title", &self.title, TITLE_CHARS_MAX)?;
        text::within("summary", &self.summary, ITEM_CHARS_MAX)?;
        if self.sections.is_empty() {
            return Err(Refusal::new(Code::Empty).with("field", "sections"));
        }
        text::list("sections", &self.sections, SECTIONS_MAX)?;
        for section in &self.sections {
            text::filled("section_title", &section.title, TITLE_CHARS_MAX)?;
            text::filled("section_text", &section.text, TEXT_CHARS_MAX)?;
        }
        text::list("items", &self.items, ITEMS_MAX)?;
        for item in &self.items {
            text::filled("prompt", &item.prompt, ITEM_CHARS_MAX)?;
            text::filled("answer", &item.answer, ITEM_CHARS_MAX)?;
        }
        let refuse = |field| Err(Refusal::new(Code::OutOfRange).with("field", field));
        if !(1..=MINUTES_MAX).contains(&self.minutes) {
            return refuse("minutes");
        }
        if self.until.is_some_and(|until| until <= self.from) {
            return refuse("until");
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
    fresh(Kind::Study, target, before)?;
    draft.check()?;
    open_org(world, draft.org)?;
    let state = step(None, StudyStep::Publish, draft.org, world, context)?;
    let study = Study {
        org: draft.org,
        title: draft.title.trim().to_owned(),
        summary: draft.summary.clone(),
        sections: draft.sections.clone(),
        items: draft.items.clone(),
        minutes: draft.minutes,
        from: draft.from,
        until: draft.until,
        author: context.actor,
        state,
        withdrawn_reason: String::new(),
    };
    Ok(vec![Write::new(target.id, study)])
}

pub(super) fn withdraw(
    reason: &str,
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    let mut study: Study = existing(before)?;
    study.state = step(Some(study.state), StudyStep::Withdraw, study.org, world, context)?;
    text::filled("reason", reason, TITLE_CHARS_MAX)?;
    reason.trim().clone_into(&mut study.withdrawn_reason);
    Ok(vec![Write::new(target.id, study)])
}
