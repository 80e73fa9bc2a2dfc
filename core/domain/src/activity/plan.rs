//! Templates and the planning of activities.

use super::{Activity, ActivityState, Plan, Template};
use crate::decide::{Context, World, Write, Writes, existing, fresh, open_org};
use crate::directory::{Role, Switch};
use crate::id::Id;
use crate::record::{Body, Key, Kind};
use crate::refusal::{Code, Refusal};
use crate::text::{self, LIST_MAX, NAME_CHARS_MAX, TITLE_CHARS_MAX};
use crate::time::DAY_MS;

/// Roles that plan activities of an org.
const PLANNERS: &[Role] = &[Role::Secretary, Role::Leader, Role::Admin];
/// Roles that publish templates to those below.
const PUBLISHERS: &[Role] = &[Role::Publisher, Role::Secretary, Role::Admin];
/// Fields a template may have.
const FIELDS_MAX: usize = 40;

pub(super) fn publish_template(
    template: Template,
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    fresh(Kind::Template, target, before)?;
    open_org(world, template.org)?;
    text::filled("name", &template.name, NAME_CHARS_MAX)?;
    text::list("fields", &template.fields, FIELDS_MAX)?;
    for field in &template.fields {
        text::filled("field", &field.name, NAME_CHARS_MAX)?;
        text::filled("label", &field.label, TITLE_CHARS_MAX)?;
        text::within("suggested", &field.suggested, text::TEXT_CHARS_MAX)?;
    }
    context.require(PUBLISHERS, template.org, world)?;
    Ok(vec![Write::new(target.id, template)])
}

pub(super) fn retire_template(
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    let template: Template = existing(before)?;
    context.require(PUBLISHERS, template.org, world)?;
    Ok(vec![Write::new(target.id, Template { retired: true, ..template })])
}

fn check(plan: &Plan) -> Result<(), Refusal> {
    text::filled("title", &plan.title, TITLE_CHARS_MAX)?;
    text::within("place", &plan.place, TITLE_CHARS_MAX)?;
    if plan.ends <= plan.starts || plan.ends.since(plan.starts) > 31 * DAY_MS {
        return Err(Refusal::new(Code::OutOfRange).with("field", "ends"));
    }
    if plan.expected.len() > LIST_MAX {
        return Err(Refusal::new(Code::TooLong).with("field", "expected").with("limit", LIST_MAX));
    }
    Ok(())
}

pub(super) fn plan(
    plan: &Plan,
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    fresh(Kind::Activity, target, before)?;
    check(plan)?;
    let org = open_org(world, plan.org)?;
    context.require(PLANNERS, plan.org, world)?;
    let activity = Activity {
        org: plan.org,
        template: plan.template,
        kind: plan.kind,
        title: plan.title.trim().to_owned(),
        place: plan.place.trim().to_owned(),
        starts: plan.starts,
        ends: plan.ends,
        zone: org.zone,
        host: plan.host,
        author: context.actor,
        expected: plan.expected.clone(),
        check_in_open: false,
        state: ActivityState::Planned,
        reason: String::new(),
    };
    Ok(vec![Write::new(target.id, activity)])
}

/// The planned activity, if the actor hosts it or may plan in its org.
fn kept(before: Option<&Body>, world: &dyn World, context: &Context<'_>) -> Result<Activity, Refusal> {
    let activity: Activity = existing(before)?;
    if context.actor != activity.host {
        context.require(PLANNERS, activity.org, world)?;
    }
    if activity.state == ActivityState::Cancelled {
        return Err(Refusal::new(Code::WrongState).with("state", "cancelled"));
    }
    Ok(activity)
}

pub(super) fn replan(
    plan: &Plan,
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    check(plan)?;
    let activity = kept(before, world, context)?;
    if activity.org != plan.org {
        return Err(Refusal::new(Code::OutOfRange).with("field", "org"));
    }
    let replanned = Activity {
        template: plan.template,
        kind: plan.kind,
        title: plan.title.trim().to_owned(),
        place: plan.place.trim().to_owned(),
        starts: plan.starts,
        ends: plan.ends,
        host: plan.host,
        expected: plan.expected.clone(),
        ..activity
    };
    Ok(vec![Write::new(target.id, replanned)])
}

pub(super) fn cancel(
    reason: &str,
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    text::filled("reason", reason, TITLE_CHARS_MAX)?;
    let activity = kept(before, world, context)?;
    let cancelled =
        Activity { state: ActivityState::Cancelled, reason: reason.trim().to_owned(), check_in_open: false, ..activity };
    Ok(vec![Write::new(target.id, cancelled)])
}

pub(super) fn set_check_in(
    open: bool,
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    let activity = kept(before, world, context)?;
    if open && !switched_on(world, activity.org) {
        return Err(Refusal::new(Code::SwitchedOff).with("switch", "check_in"));
    }
    Ok(vec![Write::new(target.id, Activity { check_in_open: open, ..activity })])
}

/// Whether the org, or one above it, has turned check-in on with a stated basis.
pub(super) fn switched_on(world: &dyn World, org: Id) -> bool {
    crate::decide::lineage(world, org).any(|(_, org)| org.switches.contains_key(&Switch::CheckIn))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{ACTIVITY, act, open_activity, plan_of, world};
    use super::*;
    use crate::activity::{Action, Field};
    use crate::decide::testing::{code, id};

    #[test]
    fn check_in_opens_only_where_an_org_has_turned_it_on() {
        let (mut world, host, _) = world();
        let target = Key::new(Kind::Activity, id(ACTIVITY));
        act(&mut world, host, &[Role::Leader], target, Action::Plan(plan_of(host))).expect("plans");
        let refused = act(&mut world, host, &[], target, Action::OpenCheckIn).expect_err("is off");
        assert_eq!((refused.code, refused.values["switch"].as_str()), (Code::SwitchedOff, "check_in"));
        open_activity(&mut world, host);
        assert!(world.read::<Activity>(id(ACTIVITY)).check_in_open);
    }

    #[test]
    fn an_activity_cannot_end_before_it_starts() {
        let (mut world, host, _) = world();
        let wrong = Plan { ends: plan_of(host).starts, ..plan_of(host) };
        let target = Key::new(Kind::Activity, id(ACTIVITY));
        assert_eq!(code(act(&mut world, host, &[Role::Leader], target, Action::Plan(wrong))), Code::OutOfRange);
    }

    #[test]
    fn a_cancelled_activity_stays_cancelled() {
        let (mut world, host, member) = world();
        open_activity(&mut world, host);
        let target = Key::new(Kind::Activity, id(ACTIVITY));
        let cancel = Action::Cancel { reason: "台风".into() };
        assert_eq!(code(act(&mut world, member, &[], target, cancel.clone())), Code::NotAllowed);
        act(&mut world, host, &[], target, cancel).expect("the host cancels");
        assert_eq!(code(act(&mut world, host, &[], target, Action::OpenCheckIn)), Code::WrongState);
        assert_eq!(code(act(&mut world, host, &[], target, Action::Replan(plan_of(host)))), Code::WrongState);
    }

    #[test]
    fn templates_are_published_from_above() {
        let (mut world, host, _) = world();
        let field = Field { name: "topic".into(), label: "议题".into(), required: true, suggested: String::new() };
        let publish = |org| Action::PublishTemplate {
            org,
            name: "支委会".into(),
            kind: crate::activity::ActivityKind::CommitteeMeeting,
            fields: vec![field.clone()],
        };
        let target = Key::new(Kind::Template, id(70));
        assert_eq!(code(act(&mut world, host, &[Role::Leader], target, publish(id(2)))), Code::NotAllowed);
        act(&mut world, host, &[Role::Publisher], target, publish(id(4))).expect("publishes");
        act(&mut world, host, &[Role::Publisher], target, Action::RetireTemplate).expect("retires");
        assert!(world.read::<Template>(id(70)).retired);
    }
}
