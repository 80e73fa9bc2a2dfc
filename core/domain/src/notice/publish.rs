//! Publishing and taking back.

use super::{Draft, Notice, NoticeState, PUBLISHERS};
use crate::attachment;
use crate::decide::{Context, World, Write, Writes, existing, fresh, open_org, read};
use crate::directory::Role;
use crate::id::Id;
use crate::record::{Body, Key, Kind};
use crate::refusal::{Code, Refusal};
use crate::states::{Step, Table};
use crate::text::{self, TEXT_CHARS_MAX, TITLE_CHARS_MAX};

/// What is done to a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeStep {
    /// Said.
    Publish,
    /// Taken back.
    Withdraw,
    /// Another notice takes its place.
    Replace,
}

/// Who has a part in a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeParty {
    /// A publisher, secretary or admin of the org that says it, or above.
    Publisher,
}

/// The life of a notice.
pub const NOTICE_STATES: Table<NoticeState, NoticeStep, NoticeParty> = {
    use NoticeParty::Publisher;
    use NoticeState::{Published, Withdrawn};
    use NoticeStep::{Publish, Replace, Withdraw};
    Table(&[
        Step { from: None, action: Publish, who: Publisher, to: Published },
        Step { from: Some(Published), action: Withdraw, who: Publisher, to: Withdrawn },
        Step { from: Some(Published), action: Replace, who: Publisher, to: Withdrawn },
    ])
};

fn step(
    from: Option<NoticeState>,
    step: NoticeStep,
    org: Id,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<NoticeState, Refusal> {
    NOTICE_STATES.step(from, step, |NoticeParty::Publisher| context.holds_over(&PUBLISHERS, org, world))
}

impl Draft {
    fn check(&self) -> Result<(), Refusal> {
        text::filled("title", &self.title, TITLE_CHARS_MAX)?;
        if self.files.is_empty() {
            text::filled("text", &self.text, TEXT_CHARS_MAX)?;
        }
        text::within("text", &self.text, TEXT_CHARS_MAX)?;
        attachment::check_all(&self.files)?;
        text::list("audience", &self.audience, Role::ALL.len())?;
        if self.until.is_some_and(|until| until <= self.effective) {
            return Err(Refusal::new(Code::OutOfRange).with("field", "until"));
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
    fresh(Kind::Notice, target, before)?;
    draft.check()?;
    open_org(world, draft.org)?;
    let state = step(None, NoticeStep::Publish, draft.org, world, context)?;
    let mut writes = vec![Write::new(
        target.id,
        Notice {
            org: draft.org,
            title: draft.title.trim().to_owned(),
            text: draft.text.clone(),
            files: draft.files.clone(),
            effective: draft.effective,
            until: draft.until,
            audience: draft.audience.clone(),
            wants_receipt: draft.wants_receipt,
            replaces: draft.replaces,
            replaced_by: None,
            published: context.now(),
            author: context.actor,
            state,
            withdrawn_reason: String::new(),
        },
    )];
    if let Some(earlier_id) = draft.replaces {
        let mut earlier: Notice = read(world, earlier_id)?;
        if earlier.org != draft.org || earlier.replaced_by.is_some() {
            return Err(Refusal::new(Code::Conflict).with("field", "replaces"));
        }
        // One that was taken back before may still be replaced: that says what holds instead.
        if earlier.state == NoticeState::Published {
            earlier.state = step(Some(earlier.state), NoticeStep::Replace, earlier.org, world, context)?;
        }
        earlier.replaced_by = Some(target.id);
        writes.push(Write::new(earlier_id, earlier));
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
    let mut notice: Notice = existing(before)?;
    notice.state = step(Some(notice.state), NoticeStep::Withdraw, notice.org, world, context)?;
    text::filled("reason", reason, TITLE_CHARS_MAX)?;
    reason.trim().clone_into(&mut notice.withdrawn_reason);
    Ok(vec![Write::new(target.id, notice)])
}
