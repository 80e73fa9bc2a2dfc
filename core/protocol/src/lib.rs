//! What travels between phone and server: frames, envelopes, versions, limits.
//!
//! Sync speaks binary frames ([`frame`]) that hold CBOR inside zstd. Bodies of records are carried as the bytes they are
//! stored as and are never parsed on the way. Enrolment and tokens are JSON ([`account`]), errors are JSON ([`problem`]).

#![deny(missing_docs)]

pub mod account;
pub mod envelope;
pub mod frame;
pub mod ids;
pub mod limits;
pub mod problem;
pub mod pull;
pub mod push;
pub mod qr;
pub mod version;
mod wire;

pub use envelope::{ChainHash, Envelope};
pub use frame::{FrameError, FrameKind, FrameReader};
pub use problem::{Problem, ProblemCode};
pub use version::VERSION;
