//! Haitang on a phone: one function for each thing a person does, one query for each screen, and the real transport.
//!
//! Everything but [`Phone::enrol`] and [`Phone::sync`] works with no network. What a person does is judged at once by the
//! rules in `domain`, kept in the outbox, and sent at the next chance; what screens show already has it applied.

#![deny(missing_docs)]

pub mod activity;
pub mod aside;
mod changes;
pub mod clock;
pub mod contract;
pub mod deadline;
pub mod directory;
pub mod draft;
mod enrol;
mod error;
pub mod files;
pub mod home;
pub mod lock;
mod may;
pub mod mine;
pub mod names;
pub mod network;
pub mod notice;
pub mod outbox;
mod phone;
pub mod quiz;
mod roots;
mod runner;
pub mod search;
pub mod study;
pub mod surroundings;
pub mod task;
#[cfg(test)]
mod testing;
mod transport;
mod upkeep;
mod work;

pub use changes::Changes;
pub use error::AppError;
pub use haitang_domain as domain;
pub use haitang_protocol::Problem;
pub use haitang_store::Identity;
pub use haitang_sync::{Status, Stop};
pub use phone::Phone;
pub use runner::{RoundEnd, SyncStatus};
pub use surroundings::Surroundings;
