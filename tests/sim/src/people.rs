//! What people do: anything, in every feature, by what their screens show them, and now and then something senseless.

mod activity;
mod directory;
mod learn;
mod outbox;
mod task;

use haitang_app::{AppError, Phone};
use haitang_disk::Chance;
use haitang_domain::Id;

use crate::town;

/// What people in a simulation have before their eyes besides their own phone.
#[derive(Default)]
pub struct Around {
    /// Codes that hosts have shown, the newest last.
    pub codes: Vec<String>,
    /// Refused commands that their authors let go: by device and number.
    pub let_go: Vec<(Id, u64)>,
    /// Numbers things, so that texts differ.
    pub count: u32,
}

impl Around {
    /// A text that nobody wrote before.
    fn text(&mut self, what: &str) -> String {
        self.count += 1;
        format!("{what}{}", self.count)
    }
}

/// One feature's share of what people do.
type Feature = fn(&Phone, &mut Chance, &mut Around) -> Result<&'static str, AppError>;

/// The features, as often as people use them.
const FEATURES: [Feature; 12] = [
    activity::act,
    activity::act,
    activity::act,
    task::act,
    task::act,
    task::act,
    learn::notice,
    learn::study,
    learn::quiz,
    learn::quiz,
    directory::act,
    outbox::act,
];

/// A person does something. What they did, or why it did not work.
pub fn act(phone: &Phone, chance: &mut Chance, around: &mut Around) -> Result<&'static str, AppError> {
    // What waits for somebody is seen to first, now and then.
    if chance.one_in(3) {
        if !phone.refused()?.is_empty() {
            return outbox::act(phone, chance, around);
        }
        if !phone.approvals(None)?.is_empty() {
            return activity::decide(phone, chance, around);
        }
        if !phone.transfers()?.is_empty() {
            return directory::decide(phone, chance);
        }
        if !around.codes.is_empty() {
            return activity::scan(phone, chance, around);
        }
    }
    let feature = FEATURES[chance.below(FEATURES.len())];
    feature(phone, chance, around)
}

/// An org that is there: most often one in which the person holds an office, or their own.
fn an_org(phone: &Phone, chance: &mut Chance) -> Result<Id, AppError> {
    if chance.one_in(8) {
        return Ok(town::id(town::CITY + chance.below(7) as u8));
    }
    let held = phone.whoami()?.appointments;
    match chance.pick(&held) {
        Some(held) if !chance.one_in(4) => Ok(held.org_id),
        _ => phone.my_org(),
    }
}

/// One of the people.
fn someone(chance: &mut Chance) -> Id {
    town::id(town::PEOPLE[chance.below(town::PEOPLE.len())].0)
}

/// One of the things on a screen, often the uppermost, so that people come into each other's way; now and then, or where there are
/// none, one that is not.
fn one_of<T>(chance: &mut Chance, all: &[T], id: impl Fn(&T) -> Id) -> Id {
    let found = if chance.one_in(2) { all.first() } else { chance.pick(all) };
    match found {
        Some(found) if !chance.one_in(20) => id(found),
        _ => town::id(40 + chance.below(60) as u8),
    }
}
