//! The machine.

use haitang_protocol::ProblemCode;

use crate::backoff::wait_ms;

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// There may be something to do: the person asked, a command was made, the app came to the foreground, the server said that
    /// a feed has moved, or a wait is over.
    Wake,
    /// The access token ended, or is known to end soon.
    TokenEnded,
    /// A fresh access token is at hand.
    TokenArrived,
    /// The outbox holds nothing to send.
    OutboxEmpty,
    /// The server answered the push, and the answers are in the store.
    Settled,
    /// The outbox was set back to what the server has.
    Rewound,
    /// A frame of the answer to the pull arrived.
    Frame(Frame),
    /// The frame last handed out is in the store. `more` is true after an [`Frame::End`] that says so.
    Stored {
        /// The server has more than fitted into one answer.
        more: bool,
    },
    /// The stream of the answer ended.
    StreamEnded,
    /// A file, or a piece of one, arrived at the server.
    Uploaded,
    /// No file waits.
    FilesEmpty,
    /// The instruction under way failed. `random` is any number, for the length of the wait.
    Failed(Failure, u64),
}

/// A frame of the answer to a pull, as far as the order of things is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// What the device may read.
    Head {
        /// Changes that wait in all feeds.
        waiting: u64,
    },
    /// Changes.
    Page {
        /// How many.
        changes: u64,
    },
    /// The answer is whole.
    End,
}

/// Why an instruction failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No network, no answer, or an answer that was cut.
    Network,
    /// An answer that does not come from the server, such as the page of a captive portal.
    Portal,
    /// The server said no. `after_ms` where it said for how long.
    Problem(ProblemCode, Option<u64>),
    /// The phone's disk is full.
    DiskFull,
    /// The answer breaks the protocol, or the store failed.
    Fault,
}

/// What to do next. Each is answered by an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Instruction {
    /// Get an access token: [`Event::TokenArrived`].
    FetchToken,
    /// Send the next commands and store the answers: [`Event::Settled`] or [`Event::OutboxEmpty`].
    Push,
    /// Set the outbox back to where the server says it stands (from the problem's values), or note that the server has other commands
    /// under the same numbers: [`Event::Rewound`].
    Rewind,
    /// Ask for changes; each frame is an [`Event::Frame`].
    Pull,
    /// Store the frame just handed in: [`Event::Stored`].
    Store,
    /// Send the next file, or the next piece: [`Event::Uploaded`] or [`Event::FilesEmpty`].
    Upload,
    /// Drop the stream of the answer, if it is open. Not answered.
    CloseStream,
    /// Wake the machine after so many milliseconds, or earlier when there is reason to think it will go well. Not answered.
    WakeAfter(u64),
    /// Delete everything: this device was revoked. Not answered.
    Wipe,
    /// Show [`Machine::status`]. Not answered.
    Show,
}

/// What a person is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Everything known is sent and received, as far as this phone knows.
    Idle,
    /// Asking the server.
    Connecting,
    /// Sending commands.
    Sending,
    /// Receiving changes: so many of so many.
    Receiving {
        /// Stored so far.
        done: u64,
        /// Waiting at the start. Grows when more comes in meanwhile.
        total: u64,
    },
    /// Sending files.
    Uploading,
    /// Waiting after a failure.
    Waiting(Stop),
    /// Nothing more will be tried until something changes.
    Stopped(Stop),
}

/// Why sync does not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// No network.
    Network,
    /// The network wants a person to sign in first.
    Portal,
    /// The server is busy, stopping or full.
    Server,
    /// The phone's disk is full.
    DiskFull,
    /// The server speaks only newer versions of the protocol.
    UpdateNeeded,
    /// The device was revoked.
    Revoked,
    /// The device is not known to the server.
    NotEnrolled,
    /// The phone was restored from an old copy and has other commands under the same numbers.
    Diverged,
    /// A fault of our own.
    Fault,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Idle,
    Token,
    Pushing,
    Rewinding,
    /// A pull is under way and its head has not arrived.
    Opening,
    /// Between frames.
    Receiving,
    /// A frame is being stored; `last` is true for the end.
    Storing { last: bool },
    Uploading,
    Waiting(Stop),
    Stopped(Stop),
}

/// The machine. See the crate's documentation for its picture.
#[derive(Clone, Debug)]
pub struct Machine {
    phase: Phase,
    token: bool,
    /// The token was refused once in this round; a second time is a failure.
    token_retried: bool,
    failures: u32,
    /// Woken while at work: go round once more.
    again: bool,
    /// Pushes make no sense until a person settles what diverged; pulls do.
    diverged: bool,
    done: u64,
    total: u64,
}

impl Default for Machine {
    fn default() -> Self {
        Self {
            phase: Phase::Idle,
            token: false,
            token_retried: false,
            failures: 0,
            again: false,
            diverged: false,
            done: 0,
            total: 0,
        }
    }
}

impl Machine {
    /// What a person is shown now.
    pub fn status(&self) -> Status {
        match self.phase {
            Phase::Idle if self.diverged => Status::Stopped(Stop::Diverged),
            Phase::Idle => Status::Idle,
            Phase::Token | Phase::Opening => Status::Connecting,
            Phase::Pushing | Phase::Rewinding => Status::Sending,
            Phase::Receiving | Phase::Storing { .. } => Status::Receiving { done: self.done, total: self.total },
            Phase::Uploading => Status::Uploading,
            Phase::Waiting(stop) => Status::Waiting(stop),
            Phase::Stopped(stop) => Status::Stopped(stop),
        }
    }

    /// Whether nothing is under way.
    pub fn is_at_rest(&self) -> bool {
        matches!(self.phase, Phase::Idle | Phase::Waiting(_) | Phase::Stopped(_))
    }

    /// Takes in what happened and says what to do.
    pub fn on(&mut self, event: Event) -> Vec<Instruction> {
        match event {
            Event::Wake => self.wake(),
            Event::TokenEnded => {
                self.token = false;
                vec![]
            }
            Event::Failed(failure, random) => self.failed(&failure, random),
            Event::TokenArrived if self.phase == Phase::Token => {
                self.token = true;
                self.start_push()
            }
            Event::OutboxEmpty if self.phase == Phase::Pushing => self.start_pull(),
            Event::Settled if self.phase == Phase::Pushing => {
                self.failures = 0;
                self.to(Phase::Pushing, Instruction::Push)
            }
            Event::Rewound if self.phase == Phase::Rewinding => self.start_push(),
            Event::Frame(frame) => self.frame(frame),
            Event::Stored { more } => self.stored(more),
            Event::StreamEnded => match self.phase {
                // An answer without its end was cut; what arrived is stored, and the next pull goes on from there.
                Phase::Opening | Phase::Receiving => self.failed(&Failure::Network, 0),
                _ => vec![],
            },
            Event::Uploaded if self.phase == Phase::Uploading => self.to(Phase::Uploading, Instruction::Upload),
            Event::FilesEmpty if self.phase == Phase::Uploading => self.finish(),
            // Late answers to instructions that a failure has overtaken.
            Event::TokenArrived
            | Event::OutboxEmpty
            | Event::Settled
            | Event::Rewound
            | Event::Uploaded
            | Event::FilesEmpty => vec![],
        }
    }

    fn to(&mut self, phase: Phase, instruction: Instruction) -> Vec<Instruction> {
        self.phase = phase;
        vec![Instruction::Show, instruction]
    }

    fn wake(&mut self) -> Vec<Instruction> {
        match self.phase {
            Phase::Idle | Phase::Waiting(_) => self.start(),
            Phase::Stopped(Stop::Revoked | Stop::UpdateNeeded) => vec![],
            Phase::Stopped(_) => self.start(),
            _ => {
                self.again = true;
                vec![]
            }
        }
    }

    fn start(&mut self) -> Vec<Instruction> {
        self.again = false;
        self.token_retried = false;
        if self.token { self.start_push() } else { self.to(Phase::Token, Instruction::FetchToken) }
    }

    fn start_push(&mut self) -> Vec<Instruction> {
        if self.diverged { self.start_pull() } else { self.to(Phase::Pushing, Instruction::Push) }
    }

    fn start_pull(&mut self) -> Vec<Instruction> {
        (self.done, self.total) = (0, 0);
        self.to(Phase::Opening, Instruction::Pull)
    }

    fn frame(&mut self, frame: Frame) -> Vec<Instruction> {
        match (self.phase, frame) {
            (Phase::Opening, Frame::Head { waiting }) => {
                self.total = self.total.max(self.done + waiting);
                self.to(Phase::Storing { last: false }, Instruction::Store)
            }
            (Phase::Receiving, Frame::Page { changes }) => {
                self.done += changes;
                self.total = self.total.max(self.done);
                self.to(Phase::Storing { last: false }, Instruction::Store)
            }
            (Phase::Receiving, Frame::End) => self.to(Phase::Storing { last: true }, Instruction::Store),
            (Phase::Opening | Phase::Receiving | Phase::Storing { .. }, _) => self.failed(&Failure::Fault, 0),
            // A frame of a stream that was given up.
            _ => vec![],
        }
    }

    fn stored(&mut self, more: bool) -> Vec<Instruction> {
        match self.phase {
            Phase::Storing { last: false } => {
                self.phase = Phase::Receiving;
                vec![Instruction::Show]
            }
            Phase::Storing { last: true } if more => {
                self.phase = Phase::Opening;
                vec![Instruction::CloseStream, Instruction::Show, Instruction::Pull]
            }
            Phase::Storing { last: true } => {
                self.failures = 0;
                self.phase = Phase::Uploading;
                vec![Instruction::CloseStream, Instruction::Show, Instruction::Upload]
            }
            _ => vec![],
        }
    }

    fn finish(&mut self) -> Vec<Instruction> {
        self.failures = 0;
        if self.again {
            return self.start();
        }
        self.phase = Phase::Idle;
        vec![Instruction::Show]
    }

    fn failed(&mut self, failure: &Failure, random: u64) -> Vec<Instruction> {
        if self.is_at_rest() {
            return vec![];
        }
        let mut out = match self.phase {
            Phase::Opening | Phase::Receiving | Phase::Storing { .. } => vec![Instruction::CloseStream],
            _ => vec![],
        };
        let mut after = None;
        let stop = match failure {
            Failure::Network => Stop::Network,
            Failure::Portal => Stop::Portal,
            Failure::DiskFull => Stop::DiskFull,
            Failure::Fault => Stop::Fault,
            Failure::Problem(code, wait) => {
                after = *wait;
                match code {
                    ProblemCode::Revoked => {
                        self.phase = Phase::Stopped(Stop::Revoked);
                        out.extend([Instruction::Show, Instruction::Wipe]);
                        return out;
                    }
                    ProblemCode::WrongVersion => {
                        self.phase = Phase::Stopped(Stop::UpdateNeeded);
                        out.push(Instruction::Show);
                        return out;
                    }
                    ProblemCode::TokenExpired | ProblemCode::Unauthorized if self.phase == Phase::Token => Stop::NotEnrolled,
                    ProblemCode::TokenExpired | ProblemCode::Unauthorized if !self.token_retried => {
                        self.token = false;
                        self.token_retried = true;
                        out.extend(self.to(Phase::Token, Instruction::FetchToken));
                        return out;
                    }
                    ProblemCode::Gap if self.phase == Phase::Pushing => {
                        out.extend(self.to(Phase::Rewinding, Instruction::Rewind));
                        return out;
                    }
                    ProblemCode::Diverged if self.phase == Phase::Pushing => {
                        self.diverged = true;
                        out.extend(self.to(Phase::Rewinding, Instruction::Rewind));
                        return out;
                    }
                    ProblemCode::RateLimited
                    | ProblemCode::StorageFull
                    | ProblemCode::Unavailable
                    | ProblemCode::Internal => Stop::Server,
                    _ => Stop::Fault,
                }
            }
        };
        self.failures = self.failures.saturating_add(1);
        self.phase = Phase::Waiting(stop);
        let wait = wait_ms(self.failures, random);
        out.extend([Instruction::Show, Instruction::WakeAfter(after.map_or(wait, |after| after.max(wait)))]);
        out
    }
}

#[cfg(test)]
mod tests {
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
        run(&mut machine, &[Event::Failed(Failure::Problem(ProblemCode::Diverged, None), 0)]);
        assert_eq!(run(&mut machine, &[Event::Rewound]), [Instruction::Pull]);
        run(&mut machine, &PULLED);
        run(&mut machine, &[Event::FilesEmpty]);
        assert_eq!(machine.status(), Status::Stopped(Stop::Diverged));
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
}
