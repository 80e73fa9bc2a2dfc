//! The versions of the protocol: when each came and why.

/// The version this build speaks.
///
/// | version | when | why |
/// |---|---|---|
/// | 1 | 2026-11 | the first: push, pull, live, files |
pub const VERSION: u8 = 1;

/// The oldest version this build still understands.
pub const VERSION_MIN: u8 = 1;
