//! The phone's side of sync as a state machine with no network in it: events in, instructions out.
//!
//! It holds no socket, no clock, no thread and no database. Whoever runs it (the app, a simulation, a test) carries out the
//! instructions in their order and tells it what came of them. Order, retry and back-off live here, once for both shells.
//!
//! ```text
//!            wake                     nothing left            whole            nothing left
//!   idle ──────────► token ──► push ──────────────► pull ──────────────► files ───────────► idle
//!     ▲                         │ ▲                   │ ▲                                     │
//!     │                         ▼ │ more              ▼ │ page stored / more                  │
//!     │                        settle                 store                                   │
//!     └────────── waiting (back-off) ◄── any failure ──────────────── woken meanwhile ◄───────┘
//! ```

#![deny(missing_docs)]

mod backoff;
mod machine;

pub use backoff::{WAIT_MS_MAX, WAIT_MS_MIN, wait_ms};
pub use machine::{Event, Failure, Frame, Instruction, Machine, Status, Stop};
