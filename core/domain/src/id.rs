//! Identifiers: 128 bits, time-ordered, written as a UUID.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::time::Timestamp;

/// Names one thing anywhere in the system.
///
/// New ids are `UUIDv7`, so that things made together lie together in every index. The caller brings the randomness.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id(uuid::Uuid);

impl Id {
    /// The id of nothing; never names a record.
    pub const NIL: Self = Self(uuid::Uuid::nil());

    /// A new time-ordered id from the moment it is made and 80 random bits.
    pub fn new(made: Timestamp, random: [u8; 10]) -> Self {
        Self(uuid::Builder::from_unix_timestamp_millis(made.millis().max(0).cast_unsigned(), &random).into_uuid())
    }

    /// The id of a thing that there can be only one of, such as a member's check-in at an activity.
    ///
    /// Two devices that never spoke arrive at the same id. It takes its time from `origin`, so that it lies beside
    /// what it belongs to, and the rest from SHA-256 over `label`, `origin` and `other` (version 8 of RFC 9562).
    pub fn derived(label: &str, origin: Self, other: &[u8]) -> Self {
        let hash =
            Sha256::new().chain_update(label).chain_update([0]).chain_update(origin.bytes()).chain_update(other).finalize();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash[..16]);
        bytes[..6].copy_from_slice(&origin.bytes()[..6]);
        Self(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }

    /// From the 16 bytes that travel and are stored.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(uuid::Uuid::from_bytes(bytes))
    }

    /// From a slice; `None` unless it has 16 bytes.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self::from_bytes)
    }

    /// The 16 bytes that travel and are stored.
    pub fn bytes(&self) -> &[u8; 16] {
        self.0.as_bytes()
    }

    /// The first eight digits, to tell things apart on a narrow screen. Not unique.
    pub fn short(&self) -> String {
        self.0.simple().to_string()[24..].to_owned()
    }
}

impl Default for Id {
    fn default() -> Self {
        Self::NIL
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Id {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_ids_sort_by_time() {
        let early = Id::new(Timestamp::from_millis(1_000), [0xff; 10]);
        let late = Id::new(Timestamp::from_millis(2_000), [0; 10]);
        assert!(early < late);
    }

    #[test]
    fn derived_ids_agree_and_keep_the_time_of_their_origin() {
        let origin = Id::new(Timestamp::from_millis(1_795_000_000_000), [7; 10]);
        let one = Id::derived("check_in", origin, b"member");
        assert_eq!(one, Id::derived("check_in", origin, b"member"));
        assert_ne!(one, Id::derived("log", origin, b"member"));
        assert_eq!(one.bytes()[..6], origin.bytes()[..6]);
    }
}
