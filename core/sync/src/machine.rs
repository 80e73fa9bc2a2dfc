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
    /// There is an access token that will last a while: asked before a round begins.
    TokenHeld,
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
    /// Whoever answered could not prove to be the server.
    Untrusted,
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
    /// Set the outbox back to where the server says it stands (from the problem's values): [`Event::Rewound`].
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
    /// Whoever answered could not prove to be the server: its certificate changed, or this phone's clock is wrong.
    Untrusted,
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
    Storing {
        last: bool,
    },
    Uploading,
    Waiting(Stop),
    Stopped(Stop),
}

/// The machine. See the crate's documentation for its picture.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own beside the phase")]
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
            Event::TokenHeld => {
                self.token = true;
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
            #[cfg(feature = "planted")]
            Event::StreamEnded if self.phase == Phase::Receiving && haitang_planted::is(haitang_planted::Bug::CutIsWhole) => {
                self.to(Phase::Uploading, Instruction::Upload)
            }
            Event::StreamEnded => match self.phase {
                // An answer without its end was cut; what arrived is stored, and the next pull goes on from there.
                Phase::Opening | Phase::Receiving => self.failed(&Failure::Network, 0),
                _ => vec![],
            },
            Event::Uploaded if self.phase == Phase::Uploading => self.to(Phase::Uploading, Instruction::Upload),
            Event::FilesEmpty if self.phase == Phase::Uploading => self.finish(),
            // Late answers to instructions that a failure has overtaken.
            Event::TokenArrived | Event::OutboxEmpty | Event::Settled | Event::Rewound | Event::Uploaded | Event::FilesEmpty => {
                vec![]
            }
        }
    }

    fn to(&mut self, phase: Phase, instruction: Instruction) -> Vec<Instruction> {
        self.phase = phase;
        vec![Instruction::Show, instruction]
    }

    fn wake(&mut self) -> Vec<Instruction> {
        match self.phase {
            Phase::Stopped(Stop::Revoked | Stop::UpdateNeeded) => vec![],
            Phase::Idle | Phase::Waiting(_) | Phase::Stopped(_) => self.start(),
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
            Failure::Untrusted => Stop::Untrusted,
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
                    // A server does not say which devices it knows: to one it does not, no signature fits.
                    ProblemCode::BadSignature if self.phase == Phase::Token => Stop::NotEnrolled,
                    // The challenge was answered too late, or its server has other secrets by now: the next one may do.
                    ProblemCode::TokenExpired | ProblemCode::Unauthorized if self.phase == Phase::Token => Stop::Network,
                    ProblemCode::TokenExpired | ProblemCode::Unauthorized if !self.token_retried => {
                        self.token = false;
                        self.token_retried = true;
                        out.extend(self.to(Phase::Token, Instruction::FetchToken));
                        return out;
                    }
                    #[cfg(feature = "planted")]
                    ProblemCode::Gap if haitang_planted::is(haitang_planted::Bug::GapIsFault) => Stop::Fault,
                    ProblemCode::Gap if self.phase == Phase::Pushing => {
                        out.extend(self.to(Phase::Rewinding, Instruction::Rewind));
                        return out;
                    }
                    // Only a pull brings the new epoch; what is to be sent again goes after it.
                    ProblemCode::EpochChanged if self.phase == Phase::Pushing => {
                        self.again = true;
                        out.extend(self.start_pull());
                        return out;
                    }
                    // Said by the server, or found by the outbox when it was to go back to where the server stands.
                    ProblemCode::Diverged if matches!(self.phase, Phase::Pushing | Phase::Rewinding) => {
                        self.diverged = true;
                        out.extend(self.start_pull());
                        return out;
                    }
                    ProblemCode::RateLimited | ProblemCode::StorageFull | ProblemCode::Unavailable | ProblemCode::Internal => {
                        Stop::Server
                    }
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
mod tests;
