//! Bugs planted on purpose, to see whether the simulation finds them.
//!
//! Each has its place in the code of the product, behind the feature `planted`, which no program that people run is built with:
//! there the lines do not exist. One bug is in force at a time, for the whole process.

#![deny(missing_docs)]

use std::sync::atomic::{AtomicUsize, Ordering};

macro_rules! bugs {
    ($($(#[doc = $doc:literal])* $bug:ident,)*) => {
        /// A bug that can be planted.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Bug { $($(#[doc = $doc])* $bug,)* }

        impl Bug {
            /// Every bug there is.
            pub const ALL: &'static [Self] = &[$(Self::$bug,)*];

            /// What it does wrong.
            pub fn what(self) -> &'static str {
                match self { $(Self::$bug => concat!($($doc),*).trim_ascii(),)* }
            }
        }
    };
}

bugs! {
    /// The phone does not write the cursor that a page carries.
    SkipCursor,
    /// The phone writes the cursor before the page, in a transaction of its own.
    CursorBeforePage,
    /// The phone keeps a record that left a feed.
    KeepWhatLeft,
    /// The phone keeps the records of a feed that it lost.
    KeepLostFeed,
    /// The phone drops unsent commands that were made in a feed that it lost.
    DropEscrow,
    /// The phone takes what its own commands made for what the server said.
    ShownForConfirmed,
    /// The phone drops a refused command with its reason.
    DropRefused,
    /// The phone sends a refused command again and again, and nothing after it.
    StopAtRefusal,
    /// The phone goes on showing what a refused command did.
    ShowRefused,
    /// The phone lets a command go as soon as it is accepted, before a pull has brought its effect.
    LetGoOnAccept,
    /// The phone sends nothing again when the server was set back.
    NoRewind,
    /// The phone takes no notice of a new epoch.
    IgnoreEpoch,
    /// The phone numbers a command by what waits, and so uses numbers twice.
    ReuseNumbers,
    /// The phone forgets a command when it has been answered for good, so that it cannot be sent again.
    ForgetSent,
    /// The phone does not wait for the disk before it says that a command is kept.
    PhoneNoSync,
    /// The phone leaves its files when it is wiped.
    LeaveFiles,
    /// The phone clears away whatever was refused, not only what it did by itself.
    ClearRefused,
    /// The phone takes an answer that was cut for a whole one.
    CutIsWhole,
    /// The phone takes a file for sent once it was announced.
    AnnouncedIsSent,
    /// The phone stops when the server lacks commands, in place of going back.
    GapIsFault,
    /// The phone chains a new command to the last one that was answered, not to the last one made.
    ChainToAnswered,
    /// The server acknowledges before the disk has what it says.
    AcknowledgeBeforeCommit,
    /// The server applies a command again when it arrives again.
    ApplyTwice,
    /// The server does not tell a feed that a record left it.
    ForgetRemoval,
    /// The server does not tell a feed that a record came to it later.
    ForgetArrival,
    /// The server leaves a version out.
    SkipVersion,
    /// The server judges by what a record said before the command before.
    StaleJudge,
    /// The server gives members the feeds of offices that have ended.
    EndedOffices,
    /// The server goes on serving a device that was revoked.
    ServeRevoked,
    /// The server takes other commands under numbers that it knows for the same.
    AcceptOtherPast,
    /// A restored server keeps its epoch.
    KeepEpoch,
    /// The server does not move an approved log's place in the ledger's index.
    StaleIndex,
    /// The server believes a phone's wall clock.
    TrustWallClock,
    /// The server bounds a command by the time token's issue alone, without what has passed since.
    TokenIsNow,
    /// The server leaves the last page of an answer out when it is small, but sends its end.
    DropLastPage,
}

static ACTIVE: AtomicUsize = AtomicUsize::new(usize::MAX);

/// Plants a bug in place of the one before; none takes it out.
pub fn plant(bug: Option<Bug>) {
    ACTIVE.store(bug.map_or(usize::MAX, |bug| bug as usize), Ordering::SeqCst);
}

/// Whether this bug is in force.
pub fn is(bug: Bug) -> bool {
    ACTIVE.load(Ordering::Relaxed) == bug as usize
}
