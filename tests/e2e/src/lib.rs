//! Whole-system tests: the real server and real phones, with a bad network between them.
//!
//! [`Site`] is a server over a small [`town`], reached only through a [`Proxy`] that can be told to misbehave; [`Handset`] is a
//! phone in a folder of its own. [`Site::check_same`] is the judge: what a phone shows is, byte for byte, what the server has for
//! its holder. [`program`] has the same as processes that can be killed, [`Worker`] someone who works with one, and [`Books`] what a
//! server has, looked at behind its counter.

#![deny(missing_docs)]
#![allow(clippy::missing_panics_doc, reason = "a rig of tests panics where the test has failed")]

pub mod authority;
pub mod books;
mod chance;
pub mod handset;
#[cfg(target_os = "linux")]
pub mod net;
pub mod program;
mod proxy;
mod site;
pub mod town;
mod worker;

pub use books::Books;
pub use chance::Chance;
pub use handset::Handset;
pub use proxy::Proxy;
pub use site::Site;
pub use worker::{Deed, Worker};
