//! Holding this build of the core against the golden files.

use crate::convert::{answer, record};
use crate::error::CoreError;

record! {
    /// What was read, and the same written again.
    shown Reread = haitang_app::contract::Reread {
        /// As it came; of a frame, what is packed inside.
        read: Vec<u8>,
        /// As this library writes it.
        written: Vec<u8>,
    }
}

/// Reads the golden file of a name such as `bodies/task`, and writes it again: a test of every shell compares the two.
#[uniffi::export]
pub fn reread(name: &str, bytes: Vec<u8>) -> Result<Reread, CoreError> {
    answer(haitang_app::contract::reread(name, &bytes))
}
