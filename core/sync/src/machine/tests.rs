//! Rounds that go well, and every way in which they do not.

use super::*;
use proptest::prelude::*;

fn run(machine: &mut Machine, events: &[Event]) -> Vec<Instruction> {
    let all = events.iter().flat_map(|event| machine.on(event.clone()));
    all.filter(|instruction| *instruction != Instruction::Show).collect()
}

const PULLED: [Event; 6] = [
    Event::Frame(Frame::Head { waiting: 3 }),
    Event::Stored { more: false },
    Event::Frame(Frame::Page { changes: 3 }),
    Event::Stored { more: false },
    Event::Frame(Frame::End),
    Event::Stored { more: false },
];

fn pulling() -> Machine {
    let mut machine = Machine::default();
    run(&mut machine, &[Event::Wake, Event::TokenArrived, Event::OutboxEmpty]);
    machine
}

#[test]
fn a_round_sends_first_then_receives_then_uploads() {
    use Instruction::{CloseStream, FetchToken, Pull, Push, Store, Upload};
    let mut machine = Machine::default();
    let mut events = vec![Event::Wake, Event::TokenArrived, Event::Settled, Event::OutboxEmpty];
    events.extend(PULLED);
    events.extend([Event::Uploaded, Event::FilesEmpty]);
    let got = run(&mut machine, &events);
    assert_eq!(got, [FetchToken, Push, Push, Pull, Store, Store, Store, CloseStream, Upload, Upload]);
    assert_eq!(machine.status(), Status::Idle);
}

#[test]
fn progress_tells_how_much_of_how_much() {
    let mut machine = pulling();
    run(&mut machine, &PULLED[..3]);
    assert_eq!(machine.status(), Status::Receiving { done: 3, total: 3 });
}

#[test]
fn a_cut_answer_waits_longer_each_time_and_starts_again() {
    let mut machine = Machine::default();
    let mut waits = vec![];
    for _ in 0..4 {
        run(&mut machine, &[Event::Wake, Event::TokenArrived, Event::OutboxEmpty]);
        let got = run(&mut machine, &[PULLED[0].clone(), PULLED[1].clone(), Event::StreamEnded]);
        let Some(Instruction::WakeAfter(ms)) = got.last() else { panic!("waits: {got:?}") };
        waits.push(*ms);
    }
    assert!(waits.is_sorted() && waits[0] < waits[3], "{waits:?}");
    assert_eq!(machine.status(), Status::Waiting(Stop::Network));
}

#[test]
fn an_expired_token_is_renewed_once() {
    let mut machine = pulling();
    let expired = Event::Failed(Failure::Problem(ProblemCode::TokenExpired, None), 0);
    assert_eq!(run(&mut machine, std::slice::from_ref(&expired)), [Instruction::CloseStream, Instruction::FetchToken]);
    run(&mut machine, &[Event::TokenArrived, Event::OutboxEmpty]);
    let got = run(&mut machine, &[expired]);
    assert!(matches!(got.last(), Some(Instruction::WakeAfter(_))), "does not ask forever: {got:?}");
}

#[test]
fn a_device_that_the_server_does_not_know_is_told_as_not_enrolled() {
    let mut machine = Machine::default();
    run(&mut machine, &[Event::Wake]);
    let got = run(&mut machine, &[Event::Failed(Failure::Problem(ProblemCode::BadSignature, None), 0)]);
    assert!(matches!(got.last(), Some(Instruction::WakeAfter(_))), "asks again some day: {got:?}");
    assert_eq!(machine.status(), Status::Waiting(Stop::NotEnrolled));
}

#[test]
fn a_token_that_is_held_is_not_asked_for() {
    let mut machine = Machine::default();
    assert_eq!(run(&mut machine, &[Event::TokenHeld, Event::Wake]), [Instruction::Push]);
}

#[test]
fn a_challenge_that_is_answered_too_late_is_a_matter_of_the_network() {
    let mut machine = Machine::default();
    run(&mut machine, &[Event::Wake]);
    run(&mut machine, &[Event::Failed(Failure::Problem(ProblemCode::TokenExpired, None), 0)]);
    assert_eq!(machine.status(), Status::Waiting(Stop::Network), "nobody is told that their phone is not enrolled");
}

#[test]
fn a_revoked_device_is_wiped_and_stays_silent() {
    let mut machine = pulling();
    let got = run(&mut machine, &[Event::Failed(Failure::Problem(ProblemCode::Revoked, None), 0)]);
    assert_eq!(got.last(), Some(&Instruction::Wipe));
    assert_eq!(run(&mut machine, &[Event::Wake, Event::Wake]), []);
}

#[test]
fn commands_that_diverged_stop_sending_but_not_receiving() {
    let mut machine = Machine::default();
    run(&mut machine, &[Event::Wake, Event::TokenArrived]);
    let diverged = Event::Failed(Failure::Problem(ProblemCode::Diverged, None), 0);
    assert_eq!(run(&mut machine, &[diverged]), [Instruction::Pull]);
    run(&mut machine, &PULLED);
    run(&mut machine, &[Event::FilesEmpty]);
    assert_eq!(machine.status(), Status::Stopped(Stop::Diverged));
}

#[test]
fn an_outbox_that_cannot_go_back_has_diverged_too() {
    let mut machine = Machine::default();
    run(&mut machine, &[Event::Wake, Event::TokenArrived]);
    let failed = |code| Event::Failed(Failure::Problem(code, None), 0);
    assert_eq!(run(&mut machine, &[failed(ProblemCode::Gap)]), [Instruction::Rewind]);
    assert_eq!(run(&mut machine, &[failed(ProblemCode::Diverged)]), [Instruction::Pull]);
}

#[test]
fn the_server_says_how_long_to_wait() {
    let mut machine = pulling();
    let got = run(&mut machine, &[Event::Failed(Failure::Problem(ProblemCode::RateLimited, Some(60_000)), 0)]);
    assert_eq!(got.last(), Some(&Instruction::WakeAfter(60_000)));
}

#[test]
fn woken_while_at_work_it_goes_round_once_more() {
    let mut machine = pulling();
    run(&mut machine, &[Event::Wake]);
    run(&mut machine, &PULLED);
    assert_eq!(run(&mut machine, &[Event::FilesEmpty]), [Instruction::Push]);
}

#[test]
fn frames_out_of_order_are_a_fault_and_not_a_crash() {
    let mut machine = pulling();
    let got = run(&mut machine, &[Event::Frame(Frame::End)]);
    assert!(matches!(got[..], [Instruction::CloseStream, Instruction::WakeAfter(_)]));
    assert_eq!(machine.status(), Status::Waiting(Stop::Fault));
}

fn event() -> impl Strategy<Value = Event> {
    let failure = prop_oneof![
        Just(Failure::Network),
        Just(Failure::Portal),
        Just(Failure::Untrusted),
        Just(Failure::DiskFull),
        Just(Failure::Fault),
        Just(Failure::Problem(ProblemCode::TokenExpired, None)),
        Just(Failure::Problem(ProblemCode::Gap, None)),
        Just(Failure::Problem(ProblemCode::Diverged, None)),
        Just(Failure::Problem(ProblemCode::Internal, None)),
    ];
    prop_oneof![
        Just(Event::Wake),
        Just(Event::TokenEnded),
        Just(Event::TokenHeld),
        Just(Event::TokenArrived),
        Just(Event::OutboxEmpty),
        Just(Event::Settled),
        Just(Event::Rewound),
        Just(Event::Frame(Frame::Head { waiting: 2 })),
        Just(Event::Frame(Frame::Page { changes: 1 })),
        Just(Event::Frame(Frame::End)),
        any::<bool>().prop_map(|more| Event::Stored { more }),
        Just(Event::StreamEnded),
        Just(Event::Uploaded),
        Just(Event::FilesEmpty),
        (failure, any::<u64>()).prop_map(|(failure, random)| Event::Failed(failure, random)),
    ]
}

proptest! {
    /// Whatever happens in whatever order: at most one thing is asked for at a time, waiting always ends by itself,
    /// and a well-behaved server then brings it back to rest.
    #[test]
    fn it_never_hangs(events in proptest::collection::vec(event(), 0..60)) {
        let mut machine = Machine::default();
        for event in events {
            let got = machine.on(event);
            let asked = got.iter().filter(|i| !matches!(i, Instruction::Show | Instruction::CloseStream | Instruction::WakeAfter(_)));
            prop_assert!(asked.count() <= 1, "{:?}", got);
            if let Phase::Waiting(_) = machine.phase {
                prop_assert!(got.is_empty() || got.iter().any(|i| matches!(i, Instruction::WakeAfter(_))));
            }
        }
        machine.on(Event::Failed(Failure::Network, 1));
        machine.on(Event::Wake);
        for event in [Event::TokenArrived, Event::OutboxEmpty].into_iter().chain(PULLED).chain([Event::FilesEmpty]) {
            machine.on(event);
        }
        prop_assert!(machine.is_at_rest(), "{:?}", machine);
    }
}
