//! A hub over a real database, and phones that push and pull with no network between.

mod pull;
mod push;
pub(crate) mod rig;
