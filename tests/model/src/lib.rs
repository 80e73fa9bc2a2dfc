//! A model of the sync protocol, small enough to be searched to its end.
//!
//! The model holds what the order of things depends on and nothing else: the outbox with its numbers and its chain, the answers to a
//! push, the cursor, the epoch, the command log. Its functions carry the names of those they stand for: `core/store` (`perform`,
//! `next_push`, `settle`, `rewind`, `begin`, `apply_page`, `finish`), `server/src/hub` (`check`, `apply`, `commit`), and the events
//! of `core/sync`. `tests/machine.rs` walks the model and the real machine side by side, so that the two cannot part unnoticed.
//!
//! The network loses, duplicates and reorders: a push that was ever sent can arrive at any later moment, any number of times, or never; an
//! answer can be lost, and so can the rest of a pull after any frame. `docs/protocol.md` says what was searched and what was left out.
//!
//! ```text
//! server   queue --commit--> log, records, device states      one shard; a crash empties the queue and cuts every answer
//! phone    perform --> outbox --push--> accepted --pull--> gone; refused ones are set apart for their author
//! ```

#![deny(missing_docs)]

pub mod model;
pub mod phone;
pub mod properties;
pub mod round;
pub mod server;
pub mod state;

pub use model::{Action, Haitang};
pub use state::State;

/// A mistake built into the model on purpose, to show that the checker would find it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fault {
    /// The phone stores the cursor of a page before the page, in a transaction of its own.
    CursorBeforePage,
    /// The server does not look whether it has a command already.
    ApplyTwice,
    /// The server answers a push when it arrives, and commits later.
    AnswerBeforeCommit,
    /// The phone keeps nothing of a refused command.
    DropOnRefusal,
    /// A command leaves the outbox as soon as it is accepted.
    PruneOnAccept,
    /// The phone goes on from its cursors after the epoch changed.
    IgnoreEpoch,
    /// The phone sends a refused command again until it is accepted.
    StopAtRefusal,
    /// The server takes in commands of a revoked device.
    TakeFromRevoked,
    /// A refused command takes a version.
    RefusalTakesVersion,
    /// The server takes in commands whatever should stand before them.
    TakeAcrossGap,
    /// After a new epoch the phone does not ask how far the server still knows its commands.
    NoProbe,
    /// What the server lost in a restore stays on the phone.
    NoSweep,
    /// The server takes a command for the one it has under that number without comparing the two.
    BelieveNumber,
    /// The server takes a push from before it was set back.
    TakeAnyEpoch,
}
