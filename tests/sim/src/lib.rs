//! Whole systems of phones and a server in one thread, played from a seed.
//!
//! Everything that a phone and a server are is here as it runs for people: [`haitang_app`] with its store, the sync machine and the
//! transport; the server's router with its hub and its storage. Only what surrounds them is not real: the time, randomness, the
//! network and the disk, which do as a stream of numbers says that follows from the seed. So a failure comes again from its seed.
//!
//! [`World::run`] lets people do things in every feature while the network loses, delays, repeats and cuts, phones and server lose
//! power in the middle of a write, disks fill, clocks jump, devices are lost, and the server is set back to an older copy of itself.
//! What must be true is in [`judge`], [`witness`] and [`chronicle`]. At the end everything is mended, all phones sync, and all must agree.

#![deny(missing_docs)]
#![allow(clippy::missing_panics_doc, reason = "a rig of tests panics where the rig itself is broken")]

pub mod chronicle;
pub mod handset;
pub mod judge;
pub mod network;
pub mod people;
mod rest;
pub mod site;
mod step;
mod template;
pub mod time;
pub mod town;
pub mod witness;
pub mod world;

pub use world::{Failure, Played, World};
