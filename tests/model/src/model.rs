//! What can happen, and what follows.

use stateright::{Model, Property};

use crate::Fault;
use crate::properties;
use crate::state::{Disk, Job, PHONES, Phase, Phone, Problem, Record, State};

/// What can happen next. The names are the code's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// A person does something.
    Perform(u8, Record),
    /// A round begins.
    Wake(u8),
    /// A push that was ever sent arrives at the server.
    Arrive(usize),
    /// The server commits its queue in one transaction and answers.
    Commit,
    /// The answer to a push arrives at the phone, which stores it.
    Answered(u8),
    /// A pull arrives at the server, which answers out of one consistent view; the phone stores the head.
    Pull(u8),
    /// The next frame of that answer arrives at the phone, which stores it.
    Frame(u8),
    /// What a phone has under way is lost, or the phone is killed.
    Failed(u8),
    /// The server dies and starts again.
    Crash,
    /// Phone 0 is revoked.
    Revoke,
    /// A backup is made.
    Backup,
    /// The backup is restored, under a new epoch.
    Restore,
    /// A copy of phone 0 is made.
    Copy,
    /// Phone 0 is put back to the copy.
    PutBack,
}

/// The model and its bounds.
#[derive(Clone, Debug)]
pub struct Haitang {
    /// Commands that each phone makes.
    pub commands: [usize; PHONES],
    /// Crashes of the server.
    pub crashes: u8,
    /// Whether phone 0 may be revoked.
    pub revocation: bool,
    /// Restores of an older backup.
    pub restores: u8,
    /// Whether phone 0 may be put back to an old copy of itself.
    pub put_back: bool,
    /// A mistake to be found.
    pub fault: Option<Fault>,
}

impl Haitang {
    /// Two phones, two records, one crash, one revocation; of the phones one makes two commands and the other one.
    pub fn whole() -> Self {
        Self { commands: [2, 1], crashes: 1, revocation: true, restores: 0, put_back: false, fault: None }
    }

    /// A server that is once restored from an older backup, while the phones make so many commands.
    pub fn restored(commands: [usize; PHONES]) -> Self {
        Self { commands, crashes: 0, revocation: false, restores: 1, ..Self::whole() }
    }

    /// A phone that is once put back to an older copy of itself.
    pub fn put_back(commands: [usize; PHONES]) -> Self {
        Self { commands, crashes: 0, revocation: false, put_back: true, ..Self::whole() }
    }

    /// The same with a mistake in it.
    pub fn with(self, fault: Fault) -> Self {
        Self { fault: Some(fault), ..self }
    }

    /// Puts a push into the network, where it stays.
    fn sent(state: &mut State, phone: u8) {
        if let Some(push) = state.phones[usize::from(phone)].asks().cloned()
            && let Err(place) = state.network.binary_search(&push)
        {
            state.network.insert(place, push);
        }
    }

    /// Gives an answer to a phone that still waits for it; one that gave up never reads it.
    fn answer(state: &mut State, job: &Job, answer: &Result<Vec<crate::state::Answer>, Problem>) {
        let phone = &mut state.phones[usize::from(job.push.phone)];
        if phone.asks() == Some(&job.push) {
            phone.phase = Phase::Pushing(job.push.clone(), Some(answer.clone()));
        }
    }

    fn arrive(&self, state: &mut State, place: usize) {
        let push = state.network[place].clone();
        let late = state.disk.is_revoked(push.phone);
        let job = Job { push, late };
        if late && self.fault != Some(Fault::TakeFromRevoked) {
            return Self::answer(state, &job, &Err(Problem::Revoked));
        }
        if self.fault == Some(Fault::AnswerBeforeCommit) {
            let mut ahead = state.disk.clone();
            for waiting in &state.queue {
                let _ = ahead.push(waiting, self.fault);
            }
            Self::answer(state, &job, &ahead.push(&job, self.fault));
        }
        state.queue.push(job);
    }

    fn commit(&self, state: &mut State) {
        for job in std::mem::take(&mut state.queue) {
            let answer = state.disk.push(&job, self.fault);
            if self.fault != Some(Fault::AnswerBeforeCommit) {
                Self::answer(state, &job, &answer);
            }
        }
    }

    /// Whatever was in memory or on its way is gone.
    fn crash(state: &mut State) {
        state.queue.clear();
        for phone in &mut state.phones {
            match &mut phone.phase {
                Phase::Pushing(_, answer) => *answer = None,
                Phase::Receiving(_) => phone.failed(),
                _ => {}
            }
        }
    }

    /// Does what happens.
    pub fn act(&self, state: &mut State, action: Action) {
        match action {
            Action::Perform(phone, record) => {
                let Phone { store, remade, .. } = &mut state.phones[usize::from(phone)];
                store.perform(phone, *remade, record);
            }
            Action::Wake(phone) => {
                state.phones[usize::from(phone)].start_push(phone);
                Self::sent(state, phone);
            }
            Action::Arrive(place) => self.arrive(state, place),
            Action::Commit => self.commit(state),
            Action::Answered(phone) => {
                let at = &mut state.phones[usize::from(phone)];
                if let Phase::Pushing(_, answer) = &mut at.phase
                    && let Some(answer) = answer.take()
                {
                    at.answered(phone, answer, self.fault);
                    Self::sent(state, phone);
                }
            }
            Action::Pull(phone) => {
                let at = &mut state.phones[usize::from(phone)];
                at.phase = Phase::Receiving(state.disk.pull(phone, &at.store));
                // The head arrives with the answer: lost on the way it comes to the same as an answer never given.
                at.frame(phone, self.fault);
            }
            Action::Frame(phone) => {
                state.phones[usize::from(phone)].frame(phone, self.fault);
                Self::sent(state, phone);
            }
            Action::Failed(phone) => state.phones[usize::from(phone)].failed(),
            Action::Crash => {
                state.crashes += 1;
                Self::crash(state);
            }
            Action::Revoke => state.disk.revoked = true,
            Action::Backup => state.backup = Some(Box::new(state.disk.clone())),
            Action::Restore => {
                Self::crash(state);
                state.restores += 1;
                if let Some(backup) = state.backup.take() {
                    state.disk = Disk { epoch: state.disk.epoch + 1, ..*backup };
                }
            }
            Action::Copy => state.copy = Some(Box::new(state.phones[0].store.clone())),
            Action::PutBack => {
                if let Some(copy) = state.copy.take() {
                    state.phones[0] = Phone { store: *copy, remade: 1, ..Phone::new() };
                }
            }
        }
    }

    fn phone_actions(&self, state: &State, phone: u8, actions: &mut Vec<Action>) {
        let at = &state.phones[usize::from(phone)];
        if at.phase != Phase::Revoked && at.store.made.len() < self.commands[usize::from(phone)] {
            actions.extend(Record::ALL.map(|record| Action::Perform(phone, record)));
        }
        match &at.phase {
            Phase::Idle => actions.push(Action::Wake(phone)),
            Phase::Pushing(_, None) => actions.push(Action::Failed(phone)),
            // Lost on the way it comes to the same as a failure before it was given.
            Phase::Pushing(_, Some(_)) => actions.push(Action::Answered(phone)),
            Phase::Opening => actions.extend([Action::Pull(phone), Action::Failed(phone)]),
            Phase::Receiving(_) => actions.extend([Action::Frame(phone), Action::Failed(phone)]),
            Phase::Revoked => {}
        }
    }
}

/// Pushes that wait at once. A group commit judges its pushes in their order, so that two in one transaction come to the same as two
/// transactions, and one is enough; what a crash takes with it is then one as well, and the other never arrived.
const QUEUE: usize = 1;

impl Model for Haitang {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        let phones = std::array::from_fn(|_| Phone::new());
        let (network, queue) = Default::default();
        let disk = Disk { epoch: 1, ..Disk::default() };
        vec![State { phones, network, queue, disk, backup: None, copy: None, crashes: 0, restores: 0 }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        for phone in 0..PHONES as u8 {
            self.phone_actions(state, phone, actions);
        }
        if state.queue.len() < QUEUE {
            let waits = |place: &usize| state.queue.iter().any(|job| job.push.phone == state.network[*place].phone);
            actions.extend((0..state.network.len()).filter(|place| !waits(place)).map(Action::Arrive));
        }
        if !state.queue.is_empty() {
            actions.push(Action::Commit);
        }
        let may = [
            (Action::Crash, state.crashes < self.crashes),
            (Action::Revoke, self.revocation && !state.disk.revoked),
            (Action::Backup, state.restores < self.restores && state.backup.is_none()),
            (Action::Restore, state.restores < self.restores && state.backup.is_some()),
            (Action::Copy, self.put_back && state.phones[0].remade == 0 && state.copy.is_none()),
            (Action::PutBack, state.copy.is_some()),
        ];
        actions.extend(may.into_iter().filter(|(_, may)| *may).map(|(action, _)| action));
    }

    fn next_state(&self, last: &State, action: Action) -> Option<State> {
        let mut state = last.clone();
        self.act(&mut state, action);
        (state != *last).then_some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        properties::of(self)
    }
}
