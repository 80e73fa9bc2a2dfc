//! One round of sync: the order that `core/sync` keeps, carried out as `core/app` does.

use crate::Fault;
use crate::state::{Answer, Frame, Phase, Phone, Problem, Push, Store};

impl Phone {
    /// A phone whose first pull has begun: before that it has no member to act for, and makes no command.
    pub fn new() -> Self {
        Self { store: Store { epoch: Some(1), ..Store::default() }, phase: Phase::Idle, diverged: false, remade: 0, again: false }
    }

    /// Whether nothing is under way.
    pub fn is_at_rest(&self) -> bool {
        matches!(self.phase, Phase::Idle | Phase::Revoked)
    }

    /// `Event::Wake`, and the start of another round when there was reason for one in the last.
    pub fn start_push(&mut self, phone: u8) {
        self.again = false;
        self.go_on(phone);
    }

    /// Sends what is next, or pulls.
    fn go_on(&mut self, phone: u8) {
        let next = if self.diverged { None } else { self.store.next_push(phone) };
        self.phase = next.map_or(Phase::Opening, |push| Phase::Pushing(push, None));
    }

    /// The push that is under way and unanswered.
    pub fn asks(&self) -> Option<&Push> {
        if let Phase::Pushing(push, None) = &self.phase { Some(push) } else { None }
    }

    /// `Event::Settled`, or what follows the problem that came instead.
    pub fn answered(&mut self, phone: u8, answer: Result<Vec<Answer>, Problem>, fault: Option<Fault>) {
        match answer {
            Ok(answers) => self.store.settle(&answers, fault),
            Err(Problem::Gap(seq, hash)) => self.diverged |= self.store.rewind(seq, hash).is_err(),
            Err(Problem::Diverged) => self.diverged = true,
            Err(Problem::Revoked) => return self.wipe(),
            Err(Problem::EpochChanged) => {
                self.again = true;
                self.phase = Phase::Opening;
                return;
            }
        }
        self.go_on(phone);
    }

    /// `Event::Frame`, stored.
    pub fn frame(&mut self, phone: u8, fault: Option<Fault>) {
        let Phase::Receiving(frames) = &mut self.phase else { return };
        match frames.pop() {
            Some(Frame::Head(epoch)) => self.again |= self.store.begin(epoch, fault),
            Some(Frame::Page(record, stored, cursor)) => {
                if fault == Some(Fault::CursorBeforePage) && self.store.cursor < cursor {
                    self.store.cursor = cursor;
                    frames.push(Frame::Page(record, stored, cursor));
                } else {
                    self.store.apply_page(record, stored, cursor);
                }
            }
            Some(Frame::End(version)) => {
                self.store.finish(version, fault);
                self.phase = Phase::Idle;
                if self.again {
                    self.start_push(phone);
                }
            }
            Some(Frame::Problem(_)) => self.wipe(),
            None => self.phase = Phase::Idle,
        }
    }

    /// `Event::Failed`: what was under way is given up. Also what a kill of the phone comes to, for the disk is all that lasts.
    pub fn failed(&mut self) {
        self.phase = Phase::Idle;
    }

    /// `Instruction::Wipe`.
    fn wipe(&mut self) {
        self.store = Store::default();
        self.phase = Phase::Revoked;
    }
}

impl Default for Phone {
    fn default() -> Self {
        Self::new()
    }
}
