//! Entering members and appointing them.

use super::{Appointment, Member, Role};
use crate::decide::{Context, World, Write, Writes, existing, fresh, open_org, read};
use crate::record::{Body, Key, Kind};
use crate::refusal::{Code, Refusal};
use crate::task::Grid;
use crate::text::{self, NAME_CHARS_MAX};

const KEEPERS: &[Role] = &[Role::Admin, Role::Secretary];

fn check_person(name: &str, phone: Option<&str>) -> Result<(), Refusal> {
    text::filled("name", name, NAME_CHARS_MAX)?;
    phone.map_or(Ok(()), |phone| text::within("phone", phone, 30))
}

pub(super) fn add_member(
    member: Member,
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    fresh(Kind::Member, target, before)?;
    check_person(&member.name, member.phone.as_deref())?;
    open_org(world, member.org)?;
    context.require(KEEPERS, member.org, world)?;
    Ok(vec![Write::new(target.id, Member { name: member.name.trim().to_owned(), ..member })])
}

pub(super) fn edit_member(
    name: &str,
    phone: Option<&str>,
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    let member: Member = existing(before)?;
    check_person(name, phone)?;
    // One's own number is one's own to correct; a name is the org's to keep.
    if context.actor != target.id || name.trim() != member.name {
        context.require(KEEPERS, member.org, world)?;
    }
    let edited = Member { name: name.trim().to_owned(), phone: phone.map(ToOwned::to_owned), ..member };
    Ok(vec![Write::new(target.id, edited)])
}

pub(super) fn appoint(
    appointment: Appointment,
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    fresh(Kind::Appointment, target, before)?;
    open_org(world, appointment.org)?;
    let member: Member = read(world, appointment.member)?;
    if member.closed.is_some() {
        return Err(Refusal::new(Code::Closed).with("kind", "member"));
    }
    if (appointment.role == Role::GridWorker) != appointment.grid.is_some() {
        return Err(Refusal::new(Code::OutOfRange).with("field", "grid"));
    }
    // A grid's households are open to its workers: the org that answers for the grid appoints them, and no other.
    if let Some(grid) = appointment.grid
        && read::<Grid>(world, grid)?.org != appointment.org
    {
        return Err(Refusal::new(Code::OutOfRange).with("field", "grid"));
    }
    if appointment.until.is_some_and(|until| until <= appointment.from) {
        return Err(Refusal::new(Code::OutOfRange).with("field", "until"));
    }
    // Keepers are appointed from above, so that nobody hands on their own power.
    if matches!(appointment.role, Role::Admin | Role::Secretary) {
        let above = open_org(world, appointment.org)?.parent;
        let allowed = context.holds(&[Role::Admin], appointment.org)
            || above.is_some_and(|above| context.holds_over(KEEPERS, above, world));
        if !allowed {
            return Err(Refusal::new(Code::NotAllowed).with("role", "admin"));
        }
    } else {
        context.require(KEEPERS, appointment.org, world)?;
    }
    Ok(vec![Write::new(target.id, appointment)])
}

pub(super) fn end(target: Key, before: Option<&Body>, world: &dyn World, context: &Context<'_>) -> Result<Writes, Refusal> {
    let mut appointment: Appointment = existing(before)?;
    if appointment.ended.is_some() {
        return Err(Refusal::new(Code::Already).with("kind", "appointment"));
    }
    if appointment.member != context.actor {
        context.require(KEEPERS, appointment.org, world)?;
    }
    appointment.ended = Some(context.now());
    Ok(vec![Write::new(target.id, appointment)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decide::testing::{MemoryWorld, code, id};
    use crate::directory::Action;
    use crate::id::Id;
    use crate::time::Timestamp;

    fn appoint(member: Id, org: Id, role: Role) -> crate::Action {
        crate::Action::Directory(Action::Appoint { member, org, role, grid: None, until: None })
    }

    #[test]
    fn a_secretary_appoints_helpers_but_not_another_secretary() {
        let mut world = MemoryWorld::tree();
        let (anna, bo) = (world.member(10, id(4)), world.member(11, id(4)));
        let target = Key::new(Kind::Appointment, id(30));
        let as_secretary = [(Role::Secretary, id(4))];
        assert_eq!(code(world.act(anna, &as_secretary, 5, target, appoint(bo, id(4), Role::Secretary))), Code::NotAllowed);
        world.act(anna, &as_secretary, 5, target, appoint(bo, id(4), Role::Leader)).expect("a leader");
        world
            .act(anna, &[(Role::Secretary, id(3))], 5, Key::new(Kind::Appointment, id(31)), appoint(bo, id(4), Role::Secretary))
            .expect("from above");
    }

    #[test]
    fn an_ended_appointment_is_in_force_up_to_its_end() {
        let mut world = MemoryWorld::tree();
        let (anna, bo) = (world.member(10, id(4)), world.member(11, id(4)));
        let target = Key::new(Kind::Appointment, id(30));
        let as_secretary = [(Role::Secretary, id(4))];
        world.act(anna, &as_secretary, 5, target, appoint(bo, id(4), Role::Leader)).expect("appoints");
        world.act(anna, &as_secretary, 9, target, crate::Action::Directory(Action::EndAppointment)).expect("ends");
        let held: Appointment = world.read(id(30));
        let at = |ms| held.in_force(Timestamp::from_millis(ms));
        assert!(!at(4) && at(5) && at(8) && !at(9));
    }

    #[test]
    fn a_grid_worker_needs_a_grid_and_nobody_else_has_one() {
        let mut world = MemoryWorld::tree();
        let (anna, bo) = (world.member(10, id(4)), world.member(11, id(4)));
        let target = Key::new(Kind::Appointment, id(30));
        assert_eq!(
            code(world.act(anna, &[(Role::Admin, id(3))], 5, target, appoint(bo, id(3), Role::GridWorker))),
            Code::OutOfRange
        );
    }

    #[test]
    fn a_grid_worker_is_appointed_by_the_org_whose_grid_it_is() {
        let mut world = MemoryWorld::tree();
        let (anna, bo) = (world.member(10, id(4)), world.member(11, id(4)));
        for (grid, org) in [(50, 3), (51, 2)] {
            world.put(id(grid), Grid { org: id(org), name: format!("grid {grid}"), closed: None });
        }
        let mut appoint = |n, org, grid| {
            let action = Action::Appoint { member: bo, org: id(org), role: Role::GridWorker, grid: Some(id(grid)), until: None };
            world.act(anna, &[(Role::Admin, id(2))], 5, Key::new(Kind::Appointment, id(n)), crate::Action::Directory(action))
        };
        appoint(30, 3, 50).expect("the community's own grid");
        assert_eq!(code(appoint(31, 4, 50)), Code::OutOfRange, "a branch has no hand in the community's grid");
        assert_eq!(code(appoint(32, 3, 51)), Code::OutOfRange);
        assert_eq!(code(appoint(33, 3, 52)), Code::Missing, "nor does anyone in one that is not there");
    }

    #[test]
    fn members_correct_their_own_number_and_nobody_elses() {
        let mut world = MemoryWorld::tree();
        let (anna, bo) = (world.member(10, id(4)), world.member(11, id(4)));
        let edit = crate::Action::Directory(Action::EditMember { name: "member 10".into(), phone: Some("0512-1".into()) });
        world.act(anna, &[], 5, Key::new(Kind::Member, anna), edit.clone()).expect("one's own");
        assert_eq!(world.read::<Member>(anna).phone.as_deref(), Some("0512-1"));
        assert_eq!(code(world.act(bo, &[], 5, Key::new(Kind::Member, anna), edit)), Code::NotAllowed);
    }
}
