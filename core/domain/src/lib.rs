//! The rules of Haitang: records, commands and the one function that judges them, [`decide()`].
//!
//! Everything here is pure: no SQL, no I/O, no clock, no randomness, no async. The same code runs on the phone, so that a
//! person sees the result of what they did with no network, and later on the server, whose word stands.
//!
//! A feature is one module: its record types, its actions, its `decide`, the feeds its records belong to and its table of
//! states. [`record::Body`] and [`command::Action`] list the features; nothing else needs to know them all.

#![deny(missing_docs)]

pub mod access;
pub mod activity;
pub mod attachment;
pub mod calendar;
pub mod command;
pub mod decide;
pub mod directory;
pub mod evidence;
pub mod feed;
pub mod id;
pub mod ledger;
pub mod names;
pub mod notice;
pub mod quiz;
pub mod record;
pub mod refusal;
pub mod states;
pub mod study;
pub mod task;
pub mod text;
pub mod time;

pub use command::{Action, Command};
pub use decide::{Context, World, Write, Writes, decide};
pub use feed::Feed;
pub use id::{Id, IdMaker};
pub use record::{Body, Key, Kind};
pub use refusal::{Code, Refusal};
pub use time::{Timestamp, Zone};
