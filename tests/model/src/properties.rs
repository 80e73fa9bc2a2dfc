//! What must hold in every state, and what must be reachable lest the rest be empty words.

use stateright::Property;

use crate::model::{Action, Haitang};
use crate::state::{ChainHash, Envelope, PHONES, Phase, Phone, Record, State, Stored};

/// The properties of a model.
pub fn of(model: &Haitang) -> Vec<Property<Haitang>> {
    let mut properties = vec![
        Property::always("no acknowledged command is lost", |_, state: &State| every_phone(state, keeps_all)),
        Property::always("nothing is acknowledged before it is committed", |_, state: &State| {
            every_phone(state, answers_are_true)
        }),
        Property::always("no command is applied twice", |_, state: &State| applied_once(state)),
        Property::always("versions are dense", |_, state: &State| versions_are_dense(state)),
        Property::always("the log is the chain that the device signed", |_, state: &State| chains_fit(state)),
        Property::always("what is confirmed is the server's word at the cursor", |_, state: &State| {
            every_phone(state, confirmed_is_true)
        }),
        Property::always("no command of a revoked device is applied", |_, state: &State| {
            state.disk.log.iter().all(|entry| !entry.late)
        }),
        Property::always("everything can settle, whatever was refused", can_settle),
        Property::sometimes("both phones have settled everything they can make", |model: &Haitang, state: &State| {
            is_all_settled(model, state)
        }),
        Property::sometimes("a refused command stands before an accepted one", |_, state: &State| refused_before_accepted(state)),
        Property::sometimes("a push arrives again after it was committed", |_, state: &State| arrives_again(state)),
        Property::sometimes("a pull was cut between two pages", |_, state: &State| {
            state.phones.iter().any(|phone| phone.phase == Phase::Idle && stands_between_pages(state, phone))
        }),
    ];
    if model.crashes > 0 {
        properties.push(Property::sometimes("a crash can take a queue with it", |model: &Haitang, state: &State| {
            state.crashes < model.crashes && !state.queue.is_empty()
        }));
        properties.push(Property::sometimes("everything settles after a crash", |model: &Haitang, state: &State| {
            state.crashes == model.crashes && is_all_settled(model, state)
        }));
    }
    if model.revocation {
        properties.push(Property::sometimes("a push of a wiped phone is still on its way", |_, state: &State| {
            let known = state.disk.devices[0].0;
            let newer = |command: &Envelope| command.phone == 0 && command.seq > known;
            state.phones[0].phase == Phase::Revoked && state.network.iter().any(|push| push.commands.iter().any(newer))
        }));
    }
    if model.restores > 0 {
        properties.push(Property::sometimes("a restore loses what a phone had confirmed", |_, state: &State| {
            every_phone(state, |state, phone| phone.store.sent.iter().any(|sent| !is_logged(state, sent.envelope)))
        }));
        properties.push(Property::sometimes("everything settles after a restore", |model: &Haitang, state: &State| {
            state.restores == model.restores && state.disk.version > 0 && is_all_settled(model, state)
        }));
        properties.push(Property::sometimes("what was refused before a restore is accepted after it", |_, state: &State| {
            state.phones.iter().flat_map(|phone| &phone.store.outbox).any(|at| at.refused_before && at.version.is_some())
        }));
    }
    if model.put_back {
        properties
            .push(Property::sometimes("a phone that was put back has diverged", |_, state: &State| state.phones[0].diverged));
        properties.push(Property::sometimes("a phone that was put back goes on", |_, state: &State| {
            state.phones[0].remade == 1 && state.disk.log.iter().any(|entry| entry.envelope.remade == 1)
        }));
    }
    properties
}

fn every_phone(state: &State, holds: fn(&State, &Phone) -> bool) -> bool {
    state.phones.iter().all(|phone| holds(state, phone))
}

fn is_logged(state: &State, envelope: Envelope) -> bool {
    state.disk.log.iter().any(|entry| entry.envelope == envelope && !entry.refused)
}

/// Each command its person was told is kept is in the outbox, or refused and kept for them, or in what the server confirmed. After a
/// restore the phone's word for it is enough: that it kept what it had sent. A wiped phone has to keep nothing.
fn keeps_all(state: &State, phone: &Phone) -> bool {
    let store = &phone.store;
    let restored = state.restores > 0;
    store.made.iter().all(|envelope| {
        store.outbox.iter().any(|waiting| waiting.envelope == *envelope)
            || store.refused.contains(&envelope.seq)
            || store.records[envelope.record as usize].body.count(*envelope) > 0
            || restored && store.sent.iter().any(|sent| sent.envelope == *envelope)
    })
}

/// What a phone was told is in the log as it was told. After a restore the log may have forgotten.
fn answers_are_true(state: &State, phone: &Phone) -> bool {
    let store = &phone.store;
    let logged = |seq: u8, refused: bool| {
        let envelope = store.made.iter().find(|envelope| envelope.seq == seq);
        state.disk.log.iter().find(|entry| Some(&entry.envelope) == envelope && entry.refused == refused)
    };
    state.restores > 0
        || store.refused.iter().all(|seq| logged(*seq, true).is_some())
            && store.outbox.iter().all(|waiting| {
                waiting
                    .version
                    .is_none_or(|version| logged(waiting.envelope.seq, false).is_some_and(|entry| entry.version == version))
            })
}

fn applied_once(state: &State) -> bool {
    let log = &state.disk.log;
    let name = |at: usize| (log[at].envelope.phone, log[at].envelope.seq);
    (0..log.len()).all(|at| (0..at).all(|before| name(before) != name(at)))
        && log.iter().all(|entry| state.disk.records[entry.envelope.record as usize].body.count(entry.envelope) <= 1)
}

fn versions_are_dense(state: &State) -> bool {
    let mut version = 0;
    state.disk.log.iter().all(|entry| {
        version += i8::from(!entry.refused);
        entry.version == version
    }) && state.disk.version == version
}

/// The log holds each device's commands without a gap and in their order, their links lead to the state of the device, and where the
/// phone says it stands is on that chain.
fn chains_fit(state: &State) -> bool {
    (0..PHONES).all(|phone| {
        let mut at = (0, ChainHash::default());
        let stands = state.phones[phone].store.chain;
        let mut passed = stands.0 == 0;
        for envelope in state.disk.log.iter().map(|entry| entry.envelope).filter(|envelope| usize::from(envelope.phone) == phone)
        {
            if envelope.prev_seq != at.0 {
                return false;
            }
            at = (envelope.seq, at.1.next(envelope));
            passed |= at == stands;
        }
        at == state.disk.devices[phone] && (passed || stands.0 > at.0)
    })
}

/// A record as the server had it at a version, told from the log.
fn at_version(state: &State, record: Record, version: i8) -> Stored {
    let log = state.disk.log.iter().filter(|entry| !entry.refused && entry.envelope.record == record && entry.version <= version);
    log.fold(Stored::default(), |stored, entry| Stored { version: entry.version, body: stored.body.with(entry.envelope) })
}

/// Each confirmed record is what the server had at that version, and none is older than the cursor allows.
fn confirmed_is_true(state: &State, phone: &Phone) -> bool {
    let store = &phone.store;
    store.epoch != Some(state.disk.epoch)
        || Record::ALL.into_iter().all(|record| {
            let (held, now) = (store.records[record as usize], state.disk.records[record as usize]);
            if held.version < 0 {
                return store.sweep && (now.version == 0 || now.version > store.cursor);
            }
            held == at_version(state, record, held.version) && (now.version > store.cursor || held == now)
        })
}

/// Whether a phone has the cursor of a page and not yet all that the server had at that version.
fn stands_between_pages(state: &State, phone: &Phone) -> bool {
    let store = &phone.store;
    store.epoch == Some(state.disk.epoch)
        && Record::ALL.into_iter().any(|record| store.records[record as usize] != at_version(state, record, store.cursor))
}

fn is_settled(state: &State, phone: &Phone) -> bool {
    let store = &phone.store;
    let settled = |envelope: &Envelope| is_logged(state, *envelope) || store.refused.contains(&envelope.seq);
    match phone.phase {
        Phase::Revoked => true,
        Phase::Idle if phone.diverged => store.records == state.disk.records,
        Phase::Idle => store.outbox.is_empty() && store.records == state.disk.records && store.made.iter().all(settled),
        _ => false,
    }
}

/// Runs every phone round after round with a network that does what it is asked: everything is then settled. Judged wherever nothing
/// is under way, because from everywhere else one loss or one commit leads there.
fn can_settle(model: &Haitang, state: &State) -> bool {
    if !state.queue.is_empty() || !state.phones.iter().all(Phone::is_at_rest) {
        return true;
    }
    let mut state = state.clone();
    for _ in 0..3 {
        for phone in 0..PHONES as u8 {
            round(model, &mut state, phone);
        }
    }
    every_phone(&state, is_settled)
}

/// One whole round of one phone, or as much of it as a limit on its length allows.
fn round(model: &Haitang, state: &mut State, phone: u8) {
    for step in 0..24 {
        let at = &state.phones[usize::from(phone)];
        let action = match &at.phase {
            Phase::Revoked => return,
            Phase::Idle if step > 0 => return,
            Phase::Idle => Action::Wake(phone),
            Phase::Pushing(push, None) => {
                let Ok(place) = state.network.binary_search(push) else { return };
                model.act(state, Action::Arrive(place));
                Action::Commit
            }
            Phase::Pushing(_, Some(_)) => Action::Answered(phone),
            Phase::Opening => Action::Pull(phone),
            Phase::Receiving(_) => Action::Frame(phone),
        };
        model.act(state, action);
    }
}

fn is_all_settled(model: &Haitang, state: &State) -> bool {
    let all = state.phones.iter().zip(model.commands).all(|(phone, commands)| phone.store.made.len() == commands);
    all && every_phone(state, is_settled)
}

fn refused_before_accepted(state: &State) -> bool {
    let log = &state.disk.log;
    let later = |refused: &Envelope| {
        log.iter().any(|entry| !entry.refused && entry.envelope.phone == refused.phone && entry.envelope.seq > refused.seq)
    };
    log.iter().filter(|entry| entry.refused).any(|entry| later(&entry.envelope))
}

fn arrives_again(state: &State) -> bool {
    let known = |envelope: &Envelope| envelope.seq <= state.disk.devices[usize::from(envelope.phone)].0;
    state.queue.iter().any(|job| job.push.commands.iter().all(known))
}
