//! How long to wait after failures.

/// The shortest wait, after the first failure.
pub const WAIT_MS_MIN: u64 = 1_000;
/// The longest wait. A phone in a stairwell finds the network again soon after it has one; more only costs freshness.
pub const WAIT_MS_MAX: u64 = 5 * 60 * 1_000;

/// Milliseconds to wait after so many failures in a row (1 or more).
///
/// Doubles from [`WAIT_MS_MIN`] to [`WAIT_MS_MAX`] and takes a random part of the upper half, so that phones which lost the server
/// together do not come back together. `random` is any number; the caller brings the randomness.
pub fn wait_ms(failures: u32, random: u64) -> u64 {
    let doubled = WAIT_MS_MIN << failures.saturating_sub(1).min(20);
    let ceiling = doubled.min(WAIT_MS_MAX);
    ceiling / 2 + random % (ceiling / 2 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn waits_grow_and_stay_within_bounds(failures in 1u32..100, random: u64) {
            let wait = wait_ms(failures, random);
            prop_assert!((WAIT_MS_MIN / 2..=WAIT_MS_MAX).contains(&wait));
            prop_assert!(wait_ms(failures + 1, u64::MAX) >= wait_ms(failures, 0), "the ceiling never sinks below the floor before");
        }
    }
}
