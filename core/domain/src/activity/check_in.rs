//! Presence at an activity, by the host's changing code or entered by the host.

use std::collections::BTreeSet;

use super::code::HostCode;
use super::{Activity, ActivityState, CheckIn, Flag, Means};
use crate::attachment::Location;
use crate::decide::{Context, World, Write, Writes, fresh, read};
use crate::directory::Role;
use crate::id::Id;
use crate::record::{Body, Key, Kind};
use crate::refusal::{Code, Refusal};
use crate::time::HOUR_MS;

/// How long before and after an activity a presence is unremarkable.
const AROUND_MS: i64 = HOUR_MS;

pub(super) fn by_code(
    activity_id: Id,
    text: &str,
    location: Option<Location>,
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    once(activity_id, context.actor, target, before)?;
    let code = HostCode::parse(text).ok_or(Code::BadCode)?;
    let activity = attended(activity_id, world)?;
    if code.activity != activity_id || code.certificate.member != activity.host {
        return Err(Code::BadCode.into());
    }
    // Without the server's key (a phone always has it since enrolment) nothing vouches for the code.
    if !context.authority.is_some_and(|authority| code.is_genuine(&authority)) {
        return Err(Code::BadCode.into());
    }
    if let Some(location) = &location {
        location.check()?;
    }
    let mut flags = flags(&activity, context);
    if !code.shown_during(context.made) {
        flags.insert(Flag::StaleCode);
    }
    if location.is_some_and(|location| location.mocked) {
        flags.insert(Flag::MockLocation);
    }
    let check_in = CheckIn {
        activity: activity_id,
        org: activity.org,
        member: context.actor,
        by: context.actor,
        made: context.made,
        means: Means::Code,
        location,
        flags,
    };
    Ok(vec![Write::new(target.id, check_in)])
}

pub(super) fn by_host(
    activity_id: Id,
    member: Id,
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    once(activity_id, member, target, before)?;
    let activity = attended(activity_id, world)?;
    if context.actor != activity.host {
        context.require(&[Role::Leader, Role::Secretary], activity.org, world)?;
    }
    let check_in = CheckIn {
        activity: activity_id,
        org: activity.org,
        member,
        by: context.actor,
        made: context.made,
        means: Means::Host,
        location: None,
        flags: flags(&activity, context),
    };
    Ok(vec![Write::new(target.id, check_in)])
}

/// A member is present at an activity once, whatever the number of phones and scans.
fn once(activity: Id, member: Id, target: Key, before: Option<&Body>) -> Result<(), Refusal> {
    if target.id != CheckIn::id(activity, member) {
        return Err(Refusal::new(Code::WrongKind).with("kind", "check_in"));
    }
    if before.is_some() {
        return Err(Refusal::new(Code::Already).with("kind", "check_in"));
    }
    fresh(Kind::CheckIn, target, before)
}

/// The activity, if one can be present at it. Whether its check-in was closed meanwhile is the reviewer's concern, not the
/// door's: a phone without signal cannot know.
fn attended(id: Id, world: &dyn World) -> Result<Activity, Refusal> {
    let activity: Activity = read(world, id)?;
    if activity.state == ActivityState::Cancelled {
        return Err(Refusal::new(Code::WrongState).with("state", "cancelled").with("action", "check_in"));
    }
    if !super::plan::switched_on(world, activity.org) {
        return Err(Refusal::new(Code::SwitchedOff).with("switch", "check_in"));
    }
    Ok(activity)
}

fn flags(activity: &Activity, context: &Context<'_>) -> BTreeSet<Flag> {
    let opens = activity.starts.plus_millis(-AROUND_MS);
    let closes = activity.ends.plus_millis(AROUND_MS);
    // Flagged only if it is certain: an interval that touches the activity's time is given the benefit of the doubt.
    let outside = context.made.latest < opens || context.made.earliest > closes;
    if outside { BTreeSet::from([Flag::OutsideTime]) } else { BTreeSet::new() }
}

#[cfg(test)]
mod tests {
    use super::super::code::SLOT_MS;
    use super::super::testing::{ACTIVITY, STARTS, act_at, authority, code_at, open_activity, world};
    use super::*;
    use crate::activity::Action;
    use crate::decide::testing::{MemoryWorld, code, id};

    fn scan(world: &mut MemoryWorld, actor: Id, now: i64, text: String) -> Result<Writes, Refusal> {
        let key = Key::new(Kind::CheckIn, CheckIn::id(id(ACTIVITY), actor));
        act_at(world, actor, &[], now, key, Action::CheckIn { activity: id(ACTIVITY), code: text, location: None })
    }

    #[test]
    fn a_scan_of_the_code_now_shown_is_a_presence_without_a_flag() {
        let (mut world, host, member) = world();
        open_activity(&mut world, host);
        scan(&mut world, member, STARTS + 5_000, code_at(host, STARTS + 2_000)).expect("checks in");
        let check_in: CheckIn = world.read(CheckIn::id(id(ACTIVITY), member));
        assert_eq!((check_in.means, check_in.flags.len()), (Means::Code, 0));
        assert_eq!(code(scan(&mut world, member, STARTS + 6_000, code_at(host, STARTS + 2_000))), Code::Already);
    }

    #[test]
    fn an_old_code_is_flagged_and_not_turned_away() {
        let (mut world, host, member) = world();
        open_activity(&mut world, host);
        scan(&mut world, member, STARTS + 20 * SLOT_MS, code_at(host, STARTS)).expect("is let in");
        let check_in: CheckIn = world.read(CheckIn::id(id(ACTIVITY), member));
        assert!(check_in.flags.contains(&Flag::StaleCode));
    }

    #[test]
    fn a_code_nobody_vouches_for_is_refused() {
        let (mut world, host, member) = world();
        open_activity(&mut world, host);
        for text in ["", "HT1:", "https://example.org", &code_at(member, STARTS)] {
            assert_eq!(code(scan(&mut world, member, STARTS, text.to_owned())), Code::BadCode, "{text}");
        }
        assert!(authority(1) != authority(2), "the test's two servers differ");
    }

    #[test]
    fn the_host_enters_someone_without_a_phone() {
        let (mut world, host, member) = world();
        open_activity(&mut world, host);
        let key = Key::new(Kind::CheckIn, CheckIn::id(id(ACTIVITY), member));
        let enter = Action::CheckInFor { activity: id(ACTIVITY), member };
        assert_eq!(code(act_at(&mut world, member, &[], STARTS, key, enter.clone())), Code::NotAllowed);
        act_at(&mut world, host, &[], STARTS, key, enter).expect("the host may");
        let check_in: CheckIn = world.read(key.id);
        assert_eq!((check_in.by, check_in.means), (host, Means::Host));
    }
}
