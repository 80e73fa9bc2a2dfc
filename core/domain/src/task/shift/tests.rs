use super::super::{Action, Grid};
use super::*;
use crate::Action as Any;
use crate::decide::testing::{MemoryWorld, code, id};
use crate::directory::Role;

const NOW: i64 = 1_795_000_000_000;
const WORKER: u8 = 20;
const HELPER: u8 = 22;
const LEADER: u8 = 23;

fn act(world: &mut MemoryWorld, actor: u8, now: i64, action: Action) -> Result<Writes, Refusal> {
    let roles: &[(Role, Id)] = match actor {
        WORKER => &[(Role::GridWorker, id(50))],
        LEADER => &[(Role::Leader, id(3))],
        _ => &[],
    };
    world.act(id(actor), roles, now, Key::new(Kind::Shift, id(70)), Any::Task(action))
}

fn new() -> NewShift {
    NewShift {
        grid: id(50),
        place: "东门卡口".into(),
        worker: id(WORKER),
        starts: Timestamp::from_millis(NOW),
        ends: Timestamp::from_millis(NOW + 4 * HOUR_MS),
        duties: String::new(),
    }
}

fn to(member: u8) -> Action {
    Action::HandOverShift { to: id(member), note: "钥匙在门房".into() }
}

fn world() -> MemoryWorld {
    let mut world = MemoryWorld::tree();
    for (member, org) in [(WORKER, 3), (HELPER, 4), (LEADER, 3)] {
        world.member(member, id(org));
    }
    world.put(id(50), Grid { org: id(3), name: "grid".into(), closed: None });
    world
}

fn planned() -> MemoryWorld {
    let mut world = world();
    act(&mut world, LEADER, NOW - 1, Action::PlanShift(new())).expect("is planned");
    world
}

#[test]
fn the_table_is_drawn_as_it_runs() {
    assert_eq!(include_str!("../shift.states.md"), TABLE.draw());
}

#[test]
fn a_shift_says_when_it_began_who_took_it_over_and_when_it_ended() {
    let mut world = planned();
    act(&mut world, WORKER, NOW, Action::StartShift).expect("begins");
    act(&mut world, WORKER, NOW + 10, to(HELPER)).expect("is offered");
    assert!(world.read::<Shift>(id(70)).feeds().contains(&Feed::member(id(HELPER))));
    act(&mut world, HELPER, NOW + 20, Action::TakeOverShift).expect("is taken");
    assert_eq!(code(act(&mut world, WORKER, NOW + 30, Action::EndShift { note: String::new() })), Code::NotYours);
    act(&mut world, HELPER, NOW + 30, Action::EndShift { note: "无异常".into() }).expect("ends");
    let at = |millis| Interval::at(Timestamp::from_millis(millis));
    let shift: Shift = world.read(id(70));
    assert_eq!(
        (shift.state, shift.worker, shift.on_at, shift.off_at),
        (ShiftState::Ended, id(HELPER), Some(at(NOW)), Some(at(NOW + 30)))
    );
    let relief = Relief { from: id(WORKER), to: id(HELPER), at: at(NOW + 20), note: Some("钥匙在门房".into()) };
    assert_eq!(shift.reliefs, [relief]);
}

#[test]
fn a_shift_to_come_is_swapped_and_one_that_is_declined_goes_back() {
    let mut world = planned();
    act(&mut world, WORKER, NOW - 1, to(HELPER)).expect("is offered");
    act(&mut world, HELPER, NOW - 1, Action::DeclineShift { note: "有事".into() }).expect("is declined");
    let shift: Shift = world.read(id(70));
    assert_eq!((shift.state, shift.worker, shift.handover_to), (ShiftState::Planned, id(WORKER), None));
    act(&mut world, LEADER, NOW - 1, to(HELPER)).expect("the leader asks again");
    act(&mut world, HELPER, NOW - 1, Action::TakeOverShift).expect("is taken");
    assert_eq!(code(act(&mut world, WORKER, NOW, Action::StartShift)), Code::NotYours);
    act(&mut world, HELPER, NOW, Action::StartShift).expect("begins");
}

#[test]
fn an_offer_that_nobody_answers_blocks_nothing() {
    let mut world = planned();
    act(&mut world, WORKER, NOW - 1, to(HELPER)).expect("is offered");
    act(&mut world, WORKER, NOW, Action::StartShift).expect("begins all the same");
    act(&mut world, WORKER, NOW, to(HELPER)).expect("is offered");
    act(&mut world, WORKER, NOW, Action::EndShift { note: String::new() }).expect("ends all the same");
    assert_eq!(world.read::<Shift>(id(70)).handover_to, None);
}

#[test]
fn one_called_missed_can_still_turn_out_to_have_been_kept() {
    let mut world = planned();
    let miss = || Action::MissShift { note: String::new() };
    assert_eq!(code(act(&mut world, LEADER, NOW, miss())), Code::TooEarly);
    assert_eq!(code(act(&mut world, WORKER, NOW + 5 * HOUR_MS, miss())), Code::NotAllowed, "the org planned it");
    act(&mut world, LEADER, NOW + 5 * HOUR_MS, miss()).expect("is missed");
    act(&mut world, WORKER, NOW, Action::StartShift).expect("the phone was offline");
    act(&mut world, WORKER, NOW + HOUR_MS, Action::EndShift { note: String::new() }).expect("ends");
    assert_eq!(code(act(&mut world, LEADER, NOW + 5 * HOUR_MS, miss())), Code::WrongState);
}

#[test]
fn one_that_is_not_needed_is_cancelled_and_stays_so() {
    let mut world = planned();
    assert_eq!(code(act(&mut world, LEADER, NOW, Action::CancelShift { reason: String::new() })), Code::Empty);
    act(&mut world, LEADER, NOW, Action::CancelShift { reason: "雨停了".into() }).expect("is cancelled");
    assert_eq!(code(act(&mut world, WORKER, NOW, Action::StartShift)), Code::WrongState);
}

#[test]
fn a_roster_is_made_by_those_who_may_and_has_limits() {
    let at = Timestamp::from_millis;
    assert_eq!(code(act(&mut world(), HELPER, NOW, Action::PlanShift(new()))), Code::NotAllowed);
    let bad = [
        (NewShift { place: " ".into(), ..new() }, Code::Empty),
        (NewShift { duties: "长".repeat(2_001), ..new() }, Code::TooLong),
        (NewShift { worker: id(99), ..new() }, Code::Missing),
        (NewShift { ends: at(NOW), ..new() }, Code::OutOfRange),
        (NewShift { ends: at(NOW + 49 * HOUR_MS), ..new() }, Code::OutOfRange),
        (NewShift { starts: at(i64::MIN), ends: at(i64::MAX), ..new() }, Code::OutOfRange),
    ];
    for (shift, want) in bad {
        assert_eq!(code(act(&mut world(), WORKER, NOW, Action::PlanShift(shift))), want);
    }
    let mut world = planned();
    assert_eq!(code(act(&mut world, WORKER, NOW, to(WORKER))), Code::OutOfRange);
    act(&mut world, WORKER, NOW, Action::StartShift).expect("begins");
    for turn in 0..RELIEFS_MAX {
        let (from, next) = if turn % 2 == 0 { (WORKER, HELPER) } else { (HELPER, WORKER) };
        act(&mut world, from, NOW, to(next)).expect("is offered");
        act(&mut world, next, NOW, Action::TakeOverShift).expect("is taken");
    }
    assert_eq!(code(act(&mut world, WORKER, NOW, to(HELPER))), Code::TooLong);
}
