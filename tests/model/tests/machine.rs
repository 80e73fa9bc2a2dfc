//! The model and the real machine of `core/sync`, side by side: whatever happens to a phone of the model is told to a machine as
//! its events, and the machine must ask for what the model does next.

use haitang_model::state::{Frame, Phase, Phone, Problem};
use haitang_model::{Action, Haitang, State};
use haitang_protocol::ProblemCode;
use haitang_sync::{Event, Failure, Frame as Seen, Instruction, Machine, Status, Stop};
use stateright::Model;

/// A machine that follows one phone of the model.
#[derive(Default)]
struct Follower {
    machine: Machine,
    steps: u64,
}

impl Follower {
    /// Tells the machine of an event; the instruction among its answers that is to be carried out, if there is one.
    fn tell(&mut self, event: Event) -> Option<Instruction> {
        self.steps += 1;
        let aside = |instruction: &Instruction| {
            matches!(instruction, Instruction::Show | Instruction::CloseStream | Instruction::WakeAfter(_))
        };
        let mut asked: Vec<_> = self.machine.on(event).into_iter().filter(|instruction| !aside(instruction)).collect();
        assert!(asked.len() <= 1, "one thing at a time, not {asked:?}");
        asked.pop()
    }

    /// The machine asked for a push: whether there is one is the store's word, and the model's.
    fn push_or_pull(&mut self, asked: Option<Instruction>, now: &Phone) {
        let asked = match (asked, &now.phase) {
            (Some(Instruction::Push), Phase::Opening) => self.tell(Event::OutboxEmpty),
            (asked, _) => asked,
        };
        let wanted = match now.phase {
            Phase::Pushing(..) => Instruction::Push,
            Phase::Opening => Instruction::Pull,
            Phase::Revoked => Instruction::Wipe,
            Phase::Idle | Phase::Receiving(_) => panic!("not after a push: {now:?}"),
        };
        assert_eq!(asked, Some(wanted));
    }

    fn wake(&mut self, now: &Phone) {
        let mut asked = self.tell(Event::Wake);
        if asked == Some(Instruction::FetchToken) {
            asked = self.tell(Event::TokenArrived);
        }
        self.push_or_pull(asked, now);
    }

    fn answered(&mut self, before: &Phone, now: &Phone) {
        let problem = |code| Event::Failed(Failure::Problem(code, None), 0);
        let Phase::Pushing(_, Some(answer)) = &before.phase else { panic!("no answer: {before:?}") };
        let asked = match answer {
            Ok(_) => self.tell(Event::Settled),
            Err(Problem::Gap(..)) => {
                assert_eq!(self.tell(problem(ProblemCode::Gap)), Some(Instruction::Rewind));
                self.tell(if now.diverged { problem(ProblemCode::Diverged) } else { Event::Rewound })
            }
            Err(Problem::Diverged) => self.tell(problem(ProblemCode::Diverged)),
            Err(Problem::Revoked) => self.tell(problem(ProblemCode::Revoked)),
            Err(Problem::EpochChanged) => self.tell(problem(ProblemCode::EpochChanged)),
        };
        self.push_or_pull(asked, now);
    }

    fn frame(&mut self, frame: &Frame, before: &Phone, now: &Phone) {
        let seen = match frame {
            Frame::Head(_) => Seen::Head { waiting: 1 },
            Frame::Page(..) => Seen::Page { changes: 1 },
            Frame::End(_) => Seen::End,
            Frame::Problem(_) => {
                let revoked = Event::Failed(Failure::Problem(ProblemCode::Revoked, None), 0);
                assert_eq!(self.tell(revoked), Some(Instruction::Wipe));
                return;
            }
        };
        assert_eq!(self.tell(Event::Frame(seen)), Some(Instruction::Store));
        if matches!(frame, Frame::Head(_)) && now.again && !before.again {
            assert_eq!(self.tell(Event::Wake), None, "a new epoch: once more, later");
        }
        let next = self.tell(Event::Stored { more: false });
        if matches!(frame, Frame::End(_)) {
            assert_eq!(next, Some(Instruction::Upload), "files come last");
            match self.tell(Event::FilesEmpty) {
                None => assert_eq!(now.phase, Phase::Idle),
                asked => self.push_or_pull(asked, now),
            }
        } else {
            assert_eq!(next, None, "the stream brings the next frame");
        }
    }

    /// What the model's phone went through from `before` to `now`.
    fn follow(&mut self, action: Action, before: &Phone, now: &Phone) {
        match (action, &before.phase) {
            (Action::Wake(_), _) => self.wake(now),
            (Action::Answered(_), _) => self.answered(before, now),
            (Action::Frame(_), Phase::Receiving(frames)) => self.frame(frames.last().expect("a frame"), before, now),
            // The head comes with the answer.
            (Action::Pull(_), _) if now.phase == Phase::Revoked => self.frame(&Frame::Problem(Problem::Revoked), before, now),
            (Action::Pull(_), _) => self.frame(&Frame::Head(1), before, now),
            // Told as what a phone sees of a server that died.
            (_, before) if *before != Phase::Idle && now.phase == Phase::Idle => {
                assert_eq!(self.tell(Event::Failed(Failure::Network, 0)), None);
            }
            _ => {}
        }
        let fits = match (self.machine.status(), &now.phase) {
            (Status::Idle, Phase::Idle) => !now.diverged,
            (Status::Stopped(Stop::Diverged), Phase::Idle) => now.diverged,
            (Status::Waiting(Stop::Network), Phase::Idle)
            | (Status::Sending, Phase::Pushing(..))
            | (Status::Connecting, Phase::Opening)
            | (Status::Receiving { .. }, Phase::Receiving(_))
            | (Status::Stopped(Stop::Revoked), Phase::Revoked) => true,
            _ => false,
        };
        assert!(fits, "{:?} and {:?}", self.machine.status(), now.phase);
    }
}

/// A small generator: the walks are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

/// Walks at random through a model; how many events the machines were told.
fn walk(model: &Haitang, seed: u64, steps: usize) -> u64 {
    let mut dice = Dice(seed);
    let mut state: State = model.init_states().remove(0);
    let mut followers = [Follower::default(), Follower::default()];
    for _ in 0..steps {
        let next = model.next_steps(&state);
        if next.is_empty() {
            break;
        }
        let (action, after) = next[dice.roll(next.len())].clone();
        for (phone, follower) in followers.iter_mut().enumerate() {
            let (before, now) = (&state.phones[phone], &after.phones[phone]);
            if before.remade != now.remade {
                // An old copy starts anew, and its machine with it.
                follower.machine = Machine::default();
            } else if concerns(action, phone as u8) || before.phase != now.phase {
                let own = if concerns(action, phone as u8) { action } else { Action::Crash };
                follower.follow(own, before, now);
            }
        }
        state = after;
    }
    followers.iter().map(|follower| follower.steps).sum()
}

fn concerns(action: Action, phone: u8) -> bool {
    use Action::{Answered, Failed, Frame, Pull, Wake};
    let (Wake(of) | Answered(of) | Pull(of) | Frame(of) | Failed(of)) = action else { return false };
    of == phone
}

#[test]
fn the_real_machine_asks_for_what_the_model_does() {
    let mut told = 0;
    for model in [Haitang::whole(), Haitang::restored([2, 2]), Haitang::put_back([3, 2])] {
        told += (0..3_000).map(|seed| walk(&model, seed, 80)).sum::<u64>();
    }
    println!("{told} events");
    assert!(told > 100_000, "too few events to mean anything: {told}");
}
