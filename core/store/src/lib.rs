//! The phone's store: one encrypted file with everything the phone knows and everything its holder did.
//!
//! # What is kept
//!
//! A **record** has the body that screens read: what the server last said, with the commands that are still on their way
//! applied. Only while such a command has written it, the server's body is kept beside it (`base`). So reading is one look,
//! a first sync is one insert, and the work is done where something is really in doubt.
//!
//! The **outbox** holds commands the server has not answered, and those it accepted until a pull has brought their effect.
//! When the ground under them changes (a page of a pull, a refusal, a lost feed), those that can be concerned are judged again
//! in their order: see `replay`. What the server refused is kept with the reason until its author mends, exports or discards it.
//!
//! # How it is kept
//!
//! One writer, `BEGIN IMMEDIATE`; separate readers; every change is one transaction with a named operation; all SQL in
//! `.sql` files beside the feature. A page of a pull and the cursor it carries are one transaction. `synchronous=FULL`: what was
//! acknowledged to the person survives a power cut.

#![deny(missing_docs)]

pub mod activity;
mod check;
mod db;
pub mod directory;
pub mod draft;
mod error;
pub mod file;
pub mod home;
mod identity;
mod lens;
mod mine;
pub mod notice;
pub mod outbox;
mod paging;
mod perform;
#[cfg(test)]
mod plans;
pub mod pull;
pub mod push;
pub mod quiz;
mod record;
mod replay;
mod schema;
#[cfg(test)]
mod screens;
pub mod search;
pub mod status;
mod store;
pub mod study;
pub mod task;
#[cfg(test)]
mod testing;

pub use error::StoreError;
pub use identity::Identity;
pub use outbox::{Unsent, UnsentState};
pub use perform::{Performed, Undertaking};
pub use record::{Found, Held, Row};
pub use status::Status;
pub use store::Store;
