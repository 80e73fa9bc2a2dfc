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
    let feature = FEATURES[chance.below(FEATURES.len())];
    feature(phone, chance, around)
}

/// An org that is there, most often one's own.
fn an_org(phone: &Phone, chance: &mut Chance) -> Result<Id, AppError> {
    if chance.below(4) > 0 {
        return phone.my_org();
    }
    Ok(town::id(town::CITY + chance.below(7) as u8))
}

/// One of the people.
fn someone(chance: &mut Chance) -> Id {
    town::id(town::PEOPLE[chance.below(town::PEOPLE.len())].0)
}

/// One of the things on a screen; now and then, or where there are none, one that is not.
fn one_of<T>(chance: &mut Chance, all: &[T], id: impl Fn(&T) -> Id) -> Id {
    match chance.pick(all) {
        Some(found) if !chance.one_in(20) => id(found),
        _ => town::id(40 + chance.below(60) as u8),
    }
}
