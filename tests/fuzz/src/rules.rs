//! The rules, with any world, any actor and any command of any feature.
//!
//! They never panic, say the same when asked again, write at most what is allowed, and each body they write reads back as
//! itself and belongs to the feeds that it says.

use haitang_domain::decide::WRITES_MAX;
use haitang_domain::directory::{Appointment, Member};
use haitang_domain::evidence::Interval;
use haitang_domain::record::Typed;
use haitang_domain::{Action, Body, Command, Context, Key, Kind, Refusal, Timestamp, World, Writes, decide};

use crate::drawn::Bytes;
use crate::town::{self, Memory};

/// A world, and a few commands in it one after another.
pub fn decide_anything(bytes: &[u8]) {
    play(bytes);
}

/// The names of the commands that were accepted.
fn play(bytes: &[u8]) -> Vec<String> {
    let mut accepted = vec![];
    let bytes = &mut Bytes::new(bytes);
    let mut world = Memory::default();
    for _ in 0..bytes.below(12) {
        let kind = bytes.one_of(Kind::ALL);
        let key = town::key(kind, town::id(1), bytes);
        if let Some(body) = town::body(kind, bytes) {
            check_body(key, &body);
            world.0.insert(key, body);
        }
    }
    for _ in 0..12 {
        if bytes.is_empty() {
            break;
        }
        accepted.extend(step(bytes, &mut world));
    }
    accepted
}

/// One command; its name where it was accepted.
fn step(bytes: &mut Bytes<'_>, world: &mut Memory) -> Option<String> {
    let actor = bytes.id();
    let member = world.get(Key::new(Kind::Member, actor)).and_then(Member::of)?;
    let (one, two) = (bytes.moment(), bytes.moment());
    let made = match bytes.byte() {
        near @ 0..128 => Interval::at(Timestamp::from_millis(town::NOW + 60_000 * i64::from(near))),
        _ => Interval { earliest: one.min(two), latest: one.max(two) },
    };
    let held = (0..bytes.below(4)).filter_map(|_| bytes.draw::<Appointment>());
    let held: Vec<_> = held.map(|held| Appointment { member: actor, ..held }).collect();
    let authority = Some(town::authority().verifying_key().to_bytes());
    let context = Context { actor, member: &member, appointments: &held, device: bytes.id(), made, authority };
    let action = bytes.draw::<Action>()?;
    // As the server reads it: a number may lose what JSON cannot say.
    let action = Action::parse(&action.to_json()).ok()?;
    let mut done: Option<Writes> = None;
    // Which kind of record a command is addressed to is not told here: all are tried, and one of them is right.
    for kind in Kind::ALL {
        let command = Command { target: town::key(*kind, actor, bytes), action: action.clone() };
        let before = world.get(command.target);
        let ask = || decide(&command, before.as_ref(), world, &context);
        let said = ask();
        assert_eq!(said, ask(), "{command:?}: another word at the second time");
        check(&command, &said);
        done = done.or(said.ok());
    }
    for write in done? {
        world.0.insert(write.key, write.body);
    }
    Some(action.name())
}

fn check(command: &Command, said: &Result<Writes, Refusal>) {
    match said {
        Ok(writes) => {
            assert!(writes.len() <= WRITES_MAX, "{command:?}: {} writes", writes.len());
            for write in writes {
                check_body(write.key, &write.body);
                assert_eq!(write.feeds(), write.body.feeds(write.key.id));
            }
        }
        Err(refusal) => {
            let json = serde_json::to_vec(refusal).expect("is written");
            assert_eq!(&serde_json::from_slice::<Refusal>(&json).expect("reads back"), refusal);
        }
    }
}

/// What is stored and sent is the body's JSON: it must read back as the same, and so belong to the same feeds.
pub fn check_body(key: Key, body: &Body) {
    assert_eq!(key.kind, body.kind(), "{key}");
    let json = body.to_json();
    let back = Body::parse(key.kind, &json).unwrap_or_else(|error| panic!("{key}: {error}: {}", String::from_utf8_lossy(&json)));
    assert_eq!(&back, body, "{key} reads back as another");
    let feeds = body.feeds(key.id);
    assert_eq!(back.feeds(key.id), feeds, "{key}");
    assert!(feeds.is_sorted() && feeds.windows(2).all(|two| two[0] != two[1]), "{key}: {feeds:?}");
}

/// Long draws of several sorts; what they come to mean, mutation finds out.
pub fn seeds() -> Vec<Vec<u8>> {
    (0..48u32).map(|n| crate::mutate::random(u64::from(n), 300 + 40 * n as usize)).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// What is drawn is not all refused at the door: from nothing but chance, commands of every feature are accepted.
    #[test]
    fn commands_of_every_feature_are_accepted() {
        let mut accepted: BTreeMap<String, u32> = BTreeMap::new();
        for seed in 0..3_000 {
            for name in play(&crate::mutate::random(seed, 700)) {
                *accepted.entry(name).or_default() += 1;
            }
        }
        println!("{} kinds of commands: {accepted:?}", accepted.len());
        for feature in ["directory.", "activity.", "notice.", "study.", "quiz.", "task."] {
            assert!(accepted.keys().any(|name| name.starts_with(feature)), "{feature} in {accepted:?}");
        }
        assert!(accepted.len() > 35, "{}: {accepted:?}", accepted.len());
    }
}
