//! A hub over a real database, and phones that push and pull with no network between.

mod access;
mod pull;
mod push;
pub(crate) mod rig;
mod time;
