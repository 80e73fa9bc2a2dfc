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

/// Makes the new ids of one running program.
///
/// They are `UUIDv7` with a counter in `rand_a` (RFC 9562, section 6.2, method 1) and the same 62 random bits in `rand_b`: each
/// sorts after the one before, and many of them together are small on the wire, because they differ in little (docs/adr/0004).
#[derive(Clone, Debug)]
pub struct IdMaker {
    tail: u64,
    /// Milliseconds, and how many were made within the last of them.
    last: (i64, u16),
}

impl IdMaker {
    const COUNTER_MAX: u16 = 0xfff;
    /// A clock that is set back further than this gets another tail; below it, time stands still for a moment.
    const BACK_MS: i64 = 60_000;

    /// With random bits of its own, drawn anew at each start of the program.
    pub fn new(random: [u8; 8]) -> Self {
        Self { tail: u64::from_be_bytes(random), last: (0, 0) }
    }

    /// The next id.
    pub fn next(&mut self, now: Timestamp) -> Id {
        let now = now.millis().max(0);
        let (last, count) = self.last;
        self.last = match now {
            _ if now > last => (now, 0),
            _ if now < last.saturating_sub(Self::BACK_MS) => {
                // What was made then must not be made again.
                self.tail = self.tail.wrapping_add(1);
                (now, 0)
            }
            _ if count == Self::COUNTER_MAX => (last + 1, 0),
            _ => (last, count + 1),
        };
        let mut random = [0; 10];
        random[..2].copy_from_slice(&self.last.1.to_be_bytes());
        random[2..].copy_from_slice(&self.tail.to_be_bytes());
        Id::new(Timestamp::from_millis(self.last.0), random)
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
    fn a_maker_never_repeats_itself_and_sorts_by_the_order_of_making() {
        let mut maker = IdMaker::new([7; 8]);
        let mut ids: Vec<_> = (0..10_000).map(|_| maker.next(Timestamp::from_millis(5_000))).collect();
        ids.push(maker.next(Timestamp::from_millis(4_000)));
        assert!(ids.is_sorted_by(|a, b| a < b), "more than one millisecond has room for, and a clock that goes back a little");
        assert!(ids.iter().all(|id| id.bytes()[6] >> 4 == 7 && id.bytes()[8] >> 6 == 2), "UUIDv7");
        assert!(ids.iter().all(|id| id.bytes()[8..] == ids[0].bytes()[8..]), "one tail");
        let mut back = IdMaker::new([7; 8]);
        let first = back.next(Timestamp::from_millis(5_000_000));
        back.next(Timestamp::from_millis(9_000_000));
        assert_ne!(back.next(Timestamp::from_millis(5_000_000)), first, "a clock that was set back an hour");
        assert_ne!(IdMaker::new([8; 8]).next(Timestamp::from_millis(5_000)), ids[0]);
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
