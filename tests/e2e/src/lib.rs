//! Whole-system tests: the real server and real phones, with a bad network between them.
//!
//! [`Site`] is a server over a small [`town`], reached only through a [`Proxy`] that can be told to misbehave; [`Handset`] is a
//! phone in a folder of its own. [`Site::check_same`] is the judge: what a phone shows is, byte for byte, what the server has for
//! its holder.

#![deny(missing_docs)]
#![allow(clippy::missing_panics_doc, reason = "a rig of tests panics where the test has failed")]

pub mod handset;
pub mod program;
mod proxy;
mod site;
pub mod town;

pub use handset::Handset;
pub use proxy::Proxy;
pub use site::Site;
