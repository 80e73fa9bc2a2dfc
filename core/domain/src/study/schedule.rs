//! When to look at an item again: FSRS 6 with its published parameters.
//!
//! Phone and server must come to the same answer, but the last bits of a power or logarithm differ between processors. So
//! what is kept is rounded to two decimals, and the time until the next review is computed from the rounded stability.

use fsrs::{FSRS, MemoryState};

use super::{Rating, Review};
use crate::time::{DAY_MS, MINUTE_MS, Timestamp, Zone};

/// The probability with which an item should still be remembered when it comes up again.
pub const RETENTION: f32 = 0.9;
/// An item never comes up again sooner than this, in milliseconds.
pub const INTERVAL_MS_MIN: i64 = 10 * MINUTE_MS;

/// What a rating leads to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// Days after which the item is remembered with the probability [`RETENTION`]; two decimals, at least 0.01.
    pub stability: f32,
    /// How hard the item is, 1 to 10; two decimals.
    pub difficulty: f32,
    /// Time until the next review, in milliseconds: whole days, or less than a day in whole minutes.
    pub interval_ms: i64,
}

/// What each rating, in the order of [`Rating::ALL`], would lead to at `now`, after the reviews so far.
///
/// `zone` tells on which day each review was: one at night and one the next morning are a day apart. A moment before the
/// last review counts as the same day. `None` never happens with stored reviews; the scheduler's own errors end there.
pub fn outlook(before: Option<&Review>, now: Timestamp, zone: Zone) -> Option<[Plan; 4]> {
    let memory = before.map(|review| MemoryState {
        stability: finite(review.stability, 0.01).clamp(0.01, 36_500.0),
        difficulty: finite(review.difficulty, 5.0).clamp(1.0, 10.0),
    });
    let days = before.map_or(0, |review| days_between(review.last, now, zone));
    let next = FSRS::default().next_states(memory, RETENTION, days).ok()?;
    let plans = [next.again, next.hard, next.good, next.easy].map(|state| plan(state.memory));
    // Better remembered is never due sooner, also where rounding or the model's limits meet.
    let mut longest = 0;
    Some(plans.map(|plan| {
        longest = plan.interval_ms.max(longest);
        Plan { interval_ms: longest, ..plan }
    }))
}

/// What `rating` leads to, out of [`outlook`].
pub(super) fn rated(before: Option<&Review>, now: Timestamp, zone: Zone, rating: Rating) -> Option<Plan> {
    outlook(before, now, zone)?.get(rating as usize).copied()
}

fn plan(memory: MemoryState) -> Plan {
    let stability = hundredths(memory.stability).max(0.01);
    Plan { stability, difficulty: hundredths(memory.difficulty), interval_ms: interval_ms(stability) }
}

/// At [`RETENTION`] 0.9 the interval is the stability: that is how FSRS defines it.
fn interval_ms(stability_days: f32) -> i64 {
    let exact = (f64::from(stability_days) * DAY_MS as f64).round() as i64;
    let unit = if exact < DAY_MS { MINUTE_MS } else { DAY_MS };
    ((exact + unit / 2) / unit * unit).max(INTERVAL_MS_MIN)
}

fn hundredths(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}

fn finite(value: f32, otherwise: f32) -> f32 {
    if value.is_finite() { value } else { otherwise }
}

/// Calendar days from `earlier` to `later`, 0 where they are the other way round.
fn days_between(earlier: Timestamp, later: Timestamp, zone: Zone) -> u32 {
    // The calendar ends somewhere; a broken clock must not find out where.
    const YEAR_9999: i64 = 253_000_000_000_000;
    let day = |moment: Timestamp| zone.date(Timestamp::from_millis(moment.millis().clamp(0, YEAR_9999)));
    u32::try_from(day(later).signed_duration_since(day(earlier)).num_days()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;
    use proptest::prelude::*;

    fn review(stability: f32, difficulty: f32, last: Timestamp) -> Review {
        let (study, member, org) = (Id::NIL, Id::NIL, Id::NIL);
        Review { study, item: 0, member, org, stability, difficulty, last, due: last, reps: 1, lapses: 0 }
    }

    #[test]
    fn a_new_item_comes_back_in_hours_or_days() {
        let plans = outlook(None, Timestamp::from_millis(0), Zone::CHINA).expect("plans");
        let minutes = plans.map(|plan| plan.interval_ms / MINUTE_MS);
        // The published initial stabilities: 0.212, 1.2931, 2.3065 and 8.2956 days.
        assert_eq!(minutes, [302, 24 * 60, 2 * 24 * 60, 8 * 24 * 60]);
        assert_eq!(plans.map(|plan| (plan.stability * 100.0).round() as u32), [21, 129, 231, 830]);
    }

    #[test]
    fn remembering_over_days_makes_the_next_pause_longer_and_forgetting_shorter() {
        let last = Timestamp::from_millis(1_795_000_000_000);
        let plans = outlook(Some(&review(8.3, 5.0, last)), last.plus_millis(8 * DAY_MS), Zone::CHINA).expect("plans");
        assert!(plans[Rating::Good as usize].interval_ms > 16 * DAY_MS);
        assert!(plans[Rating::Again as usize].interval_ms < 4 * DAY_MS);
    }

    #[test]
    fn days_are_those_of_the_calendar_on_the_wall() {
        let evening = Zone::CHINA.start_of(chrono::NaiveDate::from_ymd_opt(2026, 11, 24).expect("a date")).plus_millis(-60_000);
        assert_eq!(days_between(evening, evening.plus_millis(120_000), Zone::CHINA), 1);
        assert_eq!(days_between(evening, evening.plus_millis(-DAY_MS), Zone::CHINA), 0);
    }

    proptest! {
        /// Whatever came before, at whatever time: better remembered is never due sooner, and nothing is due in the past.
        #[test]
        fn ratings_keep_their_order(
            stability in prop_oneof![0.0f32..40_000.0, 0.0f32..3.0, any::<f32>()],
            difficulty in prop_oneof![0.0f32..11.0, any::<f32>()],
            last: i64, now: i64, new: bool,
        ) {
            let review = review(stability, difficulty, Timestamp::from_millis(last));
            let plans = outlook((!new).then_some(&review), Timestamp::from_millis(now), Zone::CHINA).expect("plans");
            prop_assert!(plans.is_sorted_by(|a, b| a.interval_ms <= b.interval_ms));
            for plan in plans {
                prop_assert!(plan.interval_ms >= INTERVAL_MS_MIN && plan.interval_ms <= 36_500 * DAY_MS);
                prop_assert!((1.0..=10.0).contains(&plan.difficulty) && plan.stability >= 0.01);
                prop_assert_eq!(hundredths(plan.stability).to_bits(), plan.stability.to_bits(), "rounding again changes nothing");
            }
        }

        /// A few days later or sooner, the order and the bounds hold too: the range people really live in.
        #[test]
        fn within_a_person_s_life_too(stability in 0.01f32..500.0, difficulty in 1.0f32..10.0, days in 0i64..2_000) {
            let last = Timestamp::from_millis(1_795_000_000_000);
            let plans = outlook(Some(&review(stability, difficulty, last)), last.plus_millis(days * DAY_MS), Zone::CHINA).expect("plans");
            prop_assert!(plans.is_sorted_by(|a, b| a.interval_ms <= b.interval_ms && a.stability <= b.stability));
        }
    }
}
