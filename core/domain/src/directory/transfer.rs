//! Transfers: the sender stays responsible until the receiver accepts.

use super::{Member, Role, Transfer, TransferState};
use crate::decide::{Context, World, Write, Writes, existing, fresh, open_org, read};
use crate::id::Id;
use crate::record::{Body, Key, Kind};
use crate::refusal::{Code, Refusal};
use crate::states::{Step, Table};
use crate::text::{self, TITLE_CHARS_MAX};

/// What is done to a transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransferStep {
    /// The sender asks.
    Request,
    /// The receiver takes the member.
    Accept,
    /// The receiver says no.
    Decline,
    /// The sender takes it back.
    Withdraw,
}

/// Who has a part in a transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransferParty {
    /// A secretary or admin of the org the member leaves, or above.
    Sender,
    /// A secretary, approver or admin of the org the member joins, or above.
    Receiver,
    /// The member.
    Member,
}

/// The life of a transfer.
pub const TRANSFER_STATES: Table<TransferState, TransferStep, TransferParty> = {
    use TransferParty::{Member, Receiver, Sender};
    use TransferState::{Accepted, Declined, Requested, Withdrawn};
    use TransferStep::{Accept, Decline, Request, Withdraw};
    Table(&[
        Step { from: None, action: Request, who: Sender, to: Requested },
        Step { from: None, action: Request, who: Member, to: Requested },
        Step { from: Some(Requested), action: Accept, who: Receiver, to: Accepted },
        Step { from: Some(Requested), action: Decline, who: Receiver, to: Declined },
        Step { from: Some(Requested), action: Withdraw, who: Sender, to: Withdrawn },
        Step { from: Some(Requested), action: Withdraw, who: Member, to: Withdrawn },
    ])
};

fn is(party: TransferParty, transfer: &Transfer, world: &dyn World, context: &Context<'_>) -> bool {
    match party {
        TransferParty::Sender => context.holds_over(&[Role::Secretary, Role::Admin], transfer.from, world),
        TransferParty::Receiver => context.holds_over(&[Role::Secretary, Role::Approver, Role::Admin], transfer.to, world),
        TransferParty::Member => context.actor == transfer.member,
    }
}

pub(super) fn request(
    member_id: Id,
    to: Id,
    reason: &str,
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    fresh(Kind::Transfer, target, before)?;
    text::filled("reason", reason, TITLE_CHARS_MAX)?;
    let mut member: Member = read(world, member_id)?;
    if member.closed.is_some() {
        return Err(Refusal::new(Code::Closed).with("kind", "member"));
    }
    if member.transfer.is_some() || member.org == to {
        return Err(Refusal::new(Code::Already).with("kind", "transfer"));
    }
    // The receiver may lie in another county, of which a phone knows nothing: the server judges whether it is there.
    if let Some(Body::Org(org)) = world.get(Key::new(Kind::Org, to))
        && org.closed.is_some()
    {
        return Err(Refusal::new(Code::Closed).with("kind", "org"));
    }
    let mut transfer = Transfer {
        member: member_id,
        from: member.org,
        to,
        reason: reason.trim().to_owned(),
        state: TransferState::Requested,
        requested: context.now(),
        decided: None,
        answer: String::new(),
    };
    transfer.state = TRANSFER_STATES.step(None, TransferStep::Request, |party| is(party, &transfer, world, context))?;
    member.transfer = Some(target.id);
    Ok(vec![Write::new(target.id, transfer), Write::new(member_id, member)])
}

pub(super) fn settle(
    step: TransferStep,
    answer: &str,
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    let mut transfer: Transfer = existing(before)?;
    let state = TRANSFER_STATES.step(Some(transfer.state), step, |party| is(party, &transfer, world, context))?;
    if step != TransferStep::Accept {
        text::filled("reason", answer, TITLE_CHARS_MAX)?;
    }
    let mut writes = Writes::new();
    // A receiver's phone holds the transfer from its inbox, but the member only once it has arrived.
    if let Some(Body::Member(mut member)) = world.get(Key::new(Kind::Member, transfer.member)) {
        member.transfer = None;
        if step == TransferStep::Accept {
            open_org(world, transfer.to)?;
            member.org = transfer.to;
        }
        writes.push(Write::new(transfer.member, member));
    }
    transfer.state = state;
    transfer.decided = Some(context.now());
    answer.trim().clone_into(&mut transfer.answer);
    writes.push(Write::new(target.id, transfer));
    Ok(writes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decide::testing::{MemoryWorld, code, id};
    use crate::directory::{Action, Org, OrgKind};
    use crate::feed::Feed;
    use proptest::prelude::*;

    const TARGET: u8 = 40;

    fn world() -> (MemoryWorld, Id, Id) {
        let mut world = MemoryWorld::tree();
        world.put(id(5), Org { parent: Some(id(3)), kind: OrgKind::Branch, name: "org 5".into(), ..Org::default() });
        let (anna, bo) = (world.member(10, id(4)), world.member(11, id(5)));
        (world, anna, bo)
    }

    fn act(world: &mut MemoryWorld, actor: Id, roles: &[(Role, Id)], action: Action) -> Result<Writes, Refusal> {
        world.act(actor, roles, 3, Key::new(Kind::Transfer, id(TARGET)), crate::Action::Directory(action))
    }

    fn request(member: Id) -> Action {
        Action::RequestTransfer { member, to: id(5), reason: "搬家".into() }
    }

    #[test]
    fn the_drawn_table_is_the_one_that_runs() {
        assert_eq!(include_str!("transfer.states.md"), TRANSFER_STATES.draw());
    }

    #[test]
    fn the_sender_stays_responsible_until_the_receiver_accepts() {
        let (mut world, anna, bo) = world();
        act(&mut world, anna, &[], request(anna)).expect("the member asks");
        assert_eq!(world.read::<Member>(anna).org, id(4));
        assert!(world.read::<Transfer>(id(TARGET)).feeds().contains(&Feed::inbox(id(5))));
        assert_eq!(code(act(&mut world, anna, &[], Action::AcceptTransfer)), Code::NotAllowed);
        act(&mut world, bo, &[(Role::Secretary, id(5))], Action::AcceptTransfer).expect("the receiver accepts");
        let member: Member = world.read(anna);
        assert_eq!((member.org, member.transfer), (id(5), None));
        assert!(!world.read::<Transfer>(id(TARGET)).feeds().contains(&Feed::inbox(id(5))), "it has left the inbox");
    }

    #[test]
    fn a_member_moves_to_one_place_at_a_time() {
        let (mut world, anna, _) = world();
        act(&mut world, anna, &[], request(anna)).expect("asks");
        let again = world.act(anna, &[], 3, Key::new(Kind::Transfer, id(41)), crate::Action::Directory(request(anna)));
        assert_eq!(code(again), Code::Already);
    }

    proptest! {
        /// Whatever is tried by whomever: the member belongs to the receiver exactly if the transfer was accepted.
        #[test]
        fn the_member_is_where_the_transfer_says(steps in proptest::collection::vec((0u8..4, 0u8..3), 1..12)) {
            let (mut world, anna, bo) = world();
            for (step, who) in steps {
                let action = match step {
                    0 => request(anna),
                    1 => Action::AcceptTransfer,
                    2 => Action::DeclineTransfer { reason: "x".into() },
                    _ => Action::WithdrawTransfer { reason: "y".into() },
                };
                let _ = match who {
                    0 => act(&mut world, anna, &[], action),
                    1 => act(&mut world, bo, &[(Role::Secretary, id(5))], action),
                    _ => act(&mut world, bo, &[], action),
                };
                let member: Member = world.read(anna);
                let state = world.get(Key::new(Kind::Transfer, id(TARGET))).map(|body| match body {
                    Body::Transfer(transfer) => transfer.state,
                    other => panic!("{other:?}"),
                });
                prop_assert_eq!(member.org == id(5), state == Some(TransferState::Accepted));
                prop_assert_eq!(member.transfer.is_some(), state == Some(TransferState::Requested));
            }
        }
    }
}
