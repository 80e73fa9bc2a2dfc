//! Everything that reads what came from outside, fed with anything at all; and the rules, fed with any world and any command.
//!
//! A target is a function over bytes that panics where something is wrong. `libfuzzer/` runs the targets under libFuzzer, for
//! as long as one likes (`scripts/fuzz`); the tests here replay what it found worth keeping (`corpus/`) and mutate it from a
//! seed, so that every run of the test command does a little of the same.

#![deny(missing_docs)]
#![allow(clippy::missing_panics_doc, reason = "a target panics where it has found something")]

mod decoders;
mod drawn;
mod files;
mod hub;
pub mod mutate;
mod rules;
mod town;

/// Something to be fed.
pub struct Target {
    /// Its name, and that of its folder in the corpus.
    pub name: &'static str,
    /// Takes any bytes, and panics where something is wrong.
    pub run: fn(&[u8]),
    /// Inputs that lead somewhere, to start from.
    pub seeds: fn() -> Vec<Vec<u8>>,
}

/// Every target.
pub const TARGETS: &[Target] = &[
    Target { name: "frame", run: decoders::frame, seeds: decoders::frame_seeds },
    Target { name: "push", run: decoders::push, seeds: decoders::push_seeds },
    Target { name: "pull_page", run: decoders::pull_page, seeds: decoders::page_seeds },
    Target { name: "envelope", run: decoders::envelope, seeds: decoders::envelope_seeds },
    Target { name: "body", run: decoders::body, seeds: decoders::body_seeds },
    Target { name: "command", run: decoders::command, seeds: decoders::command_seeds },
    Target { name: "qr", run: decoders::qr, seeds: decoders::qr_seeds },
    Target { name: "calendar", run: decoders::calendar, seeds: decoders::calendar_seeds },
    Target { name: "tus", run: files::tus, seeds: files::tus_seeds },
    Target { name: "config", run: files::config, seeds: files::config_seeds },
    Target { name: "decide", run: rules::decide_anything, seeds: rules::seeds },
    Target { name: "hub", run: hub::push_anything, seeds: hub::seeds },
];

/// The target of a name.
pub fn target(name: &str) -> &'static Target {
    TARGETS.iter().find(|target| target.name == name).unwrap_or_else(|| panic!("no target {name}"))
}
