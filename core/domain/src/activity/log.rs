//! Logs: draft → submitted → approved or returned.

use super::{Activity, Log, LogContent, LogState, Template};
use crate::attachment;
use crate::decide::{Context, World, Write, Writes, existing, lineage, open_org, read};
use crate::directory::Role;
use crate::evidence::Lateness;
use crate::id::Id;
use crate::record::{Body, Key, Kind};
use crate::refusal::{Code, Refusal};
use crate::states::{Step, Table};
use crate::text::{self, LIST_MAX, TEXT_CHARS_MAX, TITLE_CHARS_MAX};
use crate::time::DAY_MS;

/// Roles that decide on logs.
const DECIDERS: &[Role] = &[Role::Secretary, Role::Approver];
/// A log recorded surely later than this after the event says why.
const LATE_DAYS: i64 = 3;

/// What is done to a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogStep {
    /// Keeps what was written so far.
    Save,
    /// Hands it in.
    Submit,
    /// Takes it back.
    Recall,
    /// Takes it into the ledger.
    Approve,
    /// Sends it back with a reason.
    Return,
}

/// Who has a part in a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogParty {
    /// Its author, who belongs to the org or holds a role there.
    Author,
    /// A secretary or approver of the org it waits for, who did not write it.
    Decider,
}

/// The life of a log.
pub const LOG_STATES: Table<LogState, LogStep, LogParty> = {
    use LogParty::{Author, Decider};
    use LogState::{Approved, Draft, Returned, Submitted};
    use LogStep::{Approve, Recall, Return, Save, Submit};
    Table(&[
        Step { from: None, action: Save, who: Author, to: Draft },
        Step { from: None, action: Submit, who: Author, to: Submitted },
        Step { from: Some(Draft), action: Save, who: Author, to: Draft },
        Step { from: Some(Draft), action: Submit, who: Author, to: Submitted },
        Step { from: Some(Submitted), action: Recall, who: Author, to: Draft },
        Step { from: Some(Submitted), action: Approve, who: Decider, to: Approved },
        Step { from: Some(Submitted), action: Return, who: Decider, to: Returned },
        Step { from: Some(Returned), action: Save, who: Author, to: Returned },
        Step { from: Some(Returned), action: Submit, who: Author, to: Submitted },
    ])
};

/// Saves or submits what was written.
pub(super) fn write(
    step: LogStep,
    org: Id,
    content: &LogContent,
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    if target.kind != Kind::Log {
        return Err(Refusal::new(Code::WrongKind).with("kind", target.kind.name()));
    }
    let old = before.map(|_| existing::<Log>(before)).transpose()?;
    if old.as_ref().is_some_and(|log| log.author != context.actor) {
        return Err(Refusal::new(Code::NotYours).with("kind", "log"));
    }
    let state = LOG_STATES.step(old.as_ref().map(|log| log.state), step, |party| party == LogParty::Author)?;
    if old.as_ref().is_some_and(|log| log.org != org) {
        return Err(Refusal::new(Code::OutOfRange).with("field", "org"));
    }
    open_org(world, org)?;
    let belongs = context.member.org == org || context.appointments.iter().any(|held| held.org == org);
    if !belongs && !context.holds_over(DECIDERS, org, world) {
        return Err(Refusal::new(Code::NotAMember).with("kind", "org"));
    }
    check_limits(content)?;
    let mut log = Log {
        org,
        author: context.actor,
        content: content.clone(),
        state,
        submitted: None,
        waits_for: None,
        decided_by: None,
        decided: None,
        reason: String::new(),
        returns: 0,
    };
    if let Some(old) = old {
        // What was said about it before stays readable while it is mended.
        log.decided_by = old.decided_by;
        log.decided = old.decided;
        log.reason = old.reason;
        log.returns = old.returns;
    }
    if step == LogStep::Submit {
        check_complete(content, org, world, context)?;
        log.submitted = Some(context.made);
        log.waits_for = Some(decider(org, world, context));
    }
    Ok(vec![Write::new(target.id, log)])
}

/// Recalls, approves or returns a log.
pub(super) fn settle(
    step: LogStep,
    reason: &str,
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    let mut log: Log = existing(before)?;
    let decides = log.waits_for.is_some_and(|org| context.holds_over(DECIDERS, org, world));
    let own = log.author == context.actor;
    let state = LOG_STATES.step(Some(log.state), step, |party| match party {
        LogParty::Author => own,
        LogParty::Decider => decides,
    })?;
    if own && step != LogStep::Recall {
        return Err(Code::OwnWork.into());
    }
    log.state = state;
    match step {
        LogStep::Recall => log.waits_for = None,
        LogStep::Approve => {
            log.decided_by = Some(context.actor);
            log.decided = Some(context.now());
            log.reason.clear();
        }
        _ => {
            text::filled("reason", reason, TITLE_CHARS_MAX)?;
            log.decided_by = Some(context.actor);
            log.decided = Some(context.now());
            reason.trim().clone_into(&mut log.reason);
            log.returns = log.returns.saturating_add(1);
        }
    }
    Ok(vec![Write::new(target.id, log)])
}

/// The org in whose inbox a log by this author waits: nobody decides on their own work.
fn decider(org: Id, world: &dyn World, context: &Context<'_>) -> Id {
    if !context.holds(DECIDERS, org) {
        return org;
    }
    lineage(world, org).map(|(id, _)| id).find(|id| !context.holds(DECIDERS, *id)).unwrap_or(org)
}

fn check_limits(content: &LogContent) -> Result<(), Refusal> {
    text::within("title", &content.title, TITLE_CHARS_MAX)?;
    text::within("late_reason", &content.late_reason, TITLE_CHARS_MAX)?;
    if content.attendance.len() > LIST_MAX {
        return Err(Refusal::new(Code::TooLong).with("field", "attendance").with("limit", LIST_MAX));
    }
    if content.fields.len() > 40 {
        return Err(Refusal::new(Code::TooLong).with("field", "fields").with("limit", 40));
    }
    for (name, value) in &content.fields {
        text::within("field", name, TITLE_CHARS_MAX)?;
        text::within(name, value, TEXT_CHARS_MAX)?;
    }
    attachment::check_all(&content.files)
}

fn check_complete(content: &LogContent, org: Id, world: &dyn World, context: &Context<'_>) -> Result<(), Refusal> {
    text::filled("title", &content.title, TITLE_CHARS_MAX)?;
    if let Some(id) = content.activity {
        let activity: Activity = read(world, id)?;
        if activity.org != org {
            return Err(Refusal::new(Code::OutOfRange).with("field", "activity"));
        }
    }
    if let Some(id) = content.template {
        let template: Template = read(world, id)?;
        for field in template.fields.iter().filter(|field| field.required) {
            text::filled(&field.name, content.fields.get(&field.name).map_or("", String::as_str), TEXT_CHARS_MAX)?;
        }
    }
    // A day of grace, because an activity may be logged from its midst and a wall clock may be ahead.
    if content.held.millis() > context.made.latest.plus_millis(DAY_MS).millis() {
        return Err(Refusal::new(Code::TooEarly).with("field", "held"));
    }
    let surely_late = matches!(context.made.lateness(content.held), Lateness::DaysLater(days) if days >= LATE_DAYS);
    if surely_late && content.late_reason.trim().is_empty() {
        return Err(Refusal::new(Code::Empty).with("field", "late_reason"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{STARTS, act, act_at, content, world};
    use super::*;
    use crate::activity::{Action, ActivityKind, Field};
    use crate::decide::testing::{MemoryWorld, code, id};
    use crate::feed::Feed;
    use proptest::prelude::*;

    const LOG: u8 = 80;

    fn key() -> Key {
        Key::new(Kind::Log, id(LOG))
    }

    fn submit(content: LogContent) -> Action {
        Action::SubmitLog { org: id(4), content }
    }

    #[test]
    fn the_drawn_table_is_the_one_that_runs() {
        assert_eq!(include_str!("log.states.md"), LOG_STATES.draw());
    }

    #[test]
    fn a_log_goes_to_the_inbox_is_returned_mended_and_approved() {
        let (mut world, secretary, author) = world();
        let inbox = Feed::inbox(id(4));
        let of = |world: &MemoryWorld| world.read::<Log>(id(LOG));
        act(&mut world, author, &[], key(), Action::SaveDraft { org: id(4), content: content() }).expect("drafts");
        assert_eq!(of(&world).feeds(), [Feed::member(author)], "a draft is its author's alone");
        act(&mut world, author, &[], key(), submit(content())).expect("submits");
        assert!(of(&world).feeds().contains(&inbox));
        let back = Action::ReturnLog { reason: "缺照片".into() };
        act(&mut world, secretary, &[Role::Secretary], key(), back).expect("returns");
        assert!(!of(&world).feeds().contains(&inbox));
        act(&mut world, author, &[], key(), submit(content())).expect("mends");
        act(&mut world, secretary, &[Role::Secretary], key(), Action::ApproveLog).expect("approves");
        let log = of(&world);
        assert_eq!((log.state, log.returns, log.decided_by), (LogState::Approved, 1, Some(secretary)));
        assert_eq!(code(act(&mut world, author, &[], key(), submit(content()))), Code::WrongState);
    }

    #[test]
    fn a_secretarys_own_log_waits_for_the_org_above() {
        let (mut world, secretary, _) = world();
        act(&mut world, secretary, &[Role::Secretary], key(), submit(content())).expect("submits");
        assert_eq!(world.read::<Log>(id(LOG)).waits_for, Some(id(3)));
        assert_eq!(code(act(&mut world, secretary, &[Role::Secretary], key(), Action::ApproveLog)), Code::NotAllowed);
        let above = world.act(secretary, &[(Role::Approver, id(3))], STARTS, key(), crate::Action::Activity(Action::ApproveLog));
        assert_eq!(code(above), Code::OwnWork, "whatever role it is done in");
    }

    #[test]
    fn what_the_template_requires_must_be_filled_in_to_submit_but_not_to_save() {
        let (mut world, _, author) = world();
        let field = Field { name: "resolution".into(), label: "决议".into(), required: true, suggested: String::new() };
        let template =
            Template { org: id(2), name: "t".into(), kind: ActivityKind::GeneralMeeting, fields: vec![field], retired: false };
        world.put(id(70), template);
        let bare = LogContent { template: Some(id(70)), ..content() };
        act(&mut world, author, &[], key(), Action::SaveDraft { org: id(4), content: bare.clone() }).expect("saves");
        let refused = act(&mut world, author, &[], key(), submit(bare.clone())).expect_err("is not complete");
        assert_eq!((refused.code, refused.values["field"].as_str()), (Code::Empty, "resolution"));
        let full = LogContent { fields: [("resolution".into(), "通过".into())].into(), ..bare };
        act(&mut world, author, &[], key(), submit(full)).expect("submits");
    }

    #[test]
    fn a_log_recorded_days_later_says_why() {
        let (mut world, _, author) = world();
        let late = STARTS + 14 * DAY_MS;
        let refused = act_at(&mut world, author, &[], late, key(), submit(content())).expect_err("asks why");
        assert_eq!(refused.values["field"], "late_reason");
        let reasoned = LogContent { late_reason: "出差".into(), ..content() };
        act_at(&mut world, author, &[], late, key(), submit(reasoned)).expect("with a reason");
    }

    #[test]
    fn nobody_writes_into_anothers_log_or_a_strange_org() {
        let (mut world, secretary, author) = world();
        act(&mut world, author, &[], key(), submit(content())).expect("submits");
        assert_eq!(code(act(&mut world, secretary, &[Role::Secretary], key(), submit(content()))), Code::NotYours);
        let strange = Action::SubmitLog { org: id(2), content: content() };
        assert_eq!(code(act(&mut world, author, &[], Key::new(Kind::Log, id(81)), strange)), Code::NotAMember);
    }

    proptest! {
        /// Whatever author and secretary try, in any order: only steps of the table happen, and an approved log never changes.
        #[test]
        fn only_steps_of_the_table_happen(steps in proptest::collection::vec((0u8..5, any::<bool>()), 1..20)) {
            let (mut world, secretary, author) = world();
            for (step, by_author) in steps {
                let (actor, roles): (Id, &[Role]) = if by_author { (author, &[]) } else { (secretary, &[Role::Secretary]) };
                let (step, action) = match step {
                    0 => (LogStep::Save, Action::SaveDraft { org: id(4), content: content() }),
                    1 => (LogStep::Submit, submit(content())),
                    2 => (LogStep::Recall, Action::RecallLog),
                    3 => (LogStep::Approve, Action::ApproveLog),
                    _ => (LogStep::Return, Action::ReturnLog { reason: "x".into() }),
                };
                let state = |world: &MemoryWorld| world.get(key()).map(|_| world.read::<Log>(id(LOG)).state);
                let before = state(&world);
                let result = act(&mut world, actor, roles, key(), action);
                let after = state(&world);
                if result.is_ok() {
                    prop_assert!(LOG_STATES.0.iter().any(|row| row.from == before && row.action == step && Some(row.to) == after));
                } else {
                    prop_assert_eq!(before, after);
                }
                prop_assert!(before != Some(LogState::Approved) || after == before);
            }
        }
    }
}
