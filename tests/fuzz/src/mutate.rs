//! Changes to bytes, as a fuzzer makes them, from a seed: the same seed makes the same changes.

/// A small generator of numbers (`SplitMix64`): good enough to choose changes by.
pub struct Chance(u64);

impl Chance {
    /// From a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`; 0 where `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        (self.draw() % (end.max(1) as u64)) as usize
    }
}

/// So many bytes that say nothing.
pub fn random(seed: u64, length: usize) -> Vec<u8> {
    let mut chance = Chance::new(seed.wrapping_mul(0xd134_2543_de82_ef95) ^ 0x68_61_69);
    (0..length).map(|_| (chance.draw() >> 17) as u8).collect()
}

/// `bytes` with one to four changes; pieces come also from `other`.
pub fn mutate(bytes: &[u8], other: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for _ in 0..=chance.below(4) {
        let at = chance.below(out.len());
        match chance.below(9) {
            0 if !out.is_empty() => out[at] ^= 1 << chance.below(8),
            1 if !out.is_empty() => out[at] = chance.draw() as u8,
            2 if !out.is_empty() => out[at] = [0, 1, 0x7f, 0x80, 0xff, b'"', b'{', b'9'][chance.below(8)],
            3 => out.truncate(at),
            4 => {
                let end = (at + 1 + chance.below(16)).min(out.len());
                out.drain(at.min(end)..end);
            }
            5 => {
                let end = (at + 1 + chance.below(32)).min(out.len());
                let piece = out[at.min(end)..end].to_vec();
                let to = chance.below(out.len() + 1);
                out.splice(to..to, piece);
            }
            6 => {
                let from = chance.below(other.len());
                let end = (from + 1 + chance.below(64)).min(other.len());
                let to = chance.below(out.len() + 1);
                out.splice(to..to, other[from.min(end)..end].iter().copied());
            }
            7 => {
                let from = chance.below(other.len());
                out.truncate(at);
                out.extend_from_slice(&other[from.min(other.len())..]);
            }
            _ => {
                let piece = random(chance.draw(), 1 + chance.below(8));
                out.splice(at..at, piece);
            }
        }
    }
    out
}
