//! The golden files: what travels, byte for byte, so that no later build speaks another language without noticing.
//!
//! Each `.hex` file in `golden/` holds one sample in hexadecimal, each `.json` or `.txt` file one as text. Frames are compared after
//! unpacking, because zstd may pack the same bytes differently from one release to the next; what is inside may not change.
//! `HAITANG_GOLDEN=write cargo test -p haitang-contract` writes files that are missing; one that is there is never overwritten.
//!
//! A kind of frame, a kind of record and a code of a problem are looked for among the files by what the code itself lists, so that a
//! new one cannot be forgotten.

#![deny(missing_docs)]

pub mod samples;

#[cfg(test)]
mod tests;
