//! What an operator does: copies that can be restored, and the proof that the command log is whole.

pub mod copy;
#[cfg(test)]
mod tests;
pub mod verify;
