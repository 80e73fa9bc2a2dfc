//! Chance that is the same every time: numbers and ids out of a seed.

use haitang_domain::{Id, Timestamp};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use sha2::{Digest, Sha256};

/// A stream of chance for one part of the city. Parts do not depend on each other: each has a stream of its own.
#[derive(Debug)]
pub struct Draw {
    rng: ChaCha8Rng,
    at: Timestamp,
}

impl Draw {
    /// The stream of part `number` of what `label` names, whose ids are those of things made from `at` on.
    pub fn new(seed: u64, label: &str, number: usize, at: Timestamp) -> Self {
        let hash = Sha256::new()
            .chain_update("haitang demo city\0")
            .chain_update(seed.to_be_bytes())
            .chain_update((number as u64).to_be_bytes())
            .chain_update(label)
            .finalize();
        Self { rng: ChaCha8Rng::from_seed(hash.into()), at }
    }

    /// The next id: a millisecond later than the one before.
    pub fn id(&mut self) -> Id {
        let mut random = [0; 10];
        self.rng.fill_bytes(&mut random);
        self.at = self.at.plus_millis(1);
        Id::new(self.at, random)
    }

    /// A number from 0 to `end`, which is left out and above 0.
    pub fn below(&mut self, end: usize) -> usize {
        // Lemire's reduction; a bias of 1 in 2^32 does not matter for made-up people.
        ((u64::from(self.rng.next_u32()) * end as u64) >> 32) as usize
    }

    /// One of `list`, which is not empty.
    pub fn one<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_the_same_every_time_and_unlike_the_others() {
        let draw = |seed, number| Draw::new(seed, "test", number, Timestamp::from_millis(1_700_000_000_000));
        let ids = |mut draw: Draw| [draw.id(), draw.id(), draw.id()];
        assert_eq!(ids(draw(1, 1)), ids(draw(1, 1)));
        assert!(ids(draw(1, 1)).is_sorted(), "ids are ordered by time");
        assert_ne!(ids(draw(1, 1)), ids(draw(1, 2)));
        assert_ne!(ids(draw(1, 1)), ids(draw(2, 1)));
    }

    #[test]
    fn numbers_stay_below_their_end_and_reach_all_of_it() {
        let mut draw = Draw::new(1, "test", 0, Timestamp::default());
        let seen: std::collections::BTreeSet<usize> = (0..500).map(|_| draw.below(7)).collect();
        assert_eq!(seen, (0..7).collect());
    }
}
