//! When something was done, and how well that is known.
//!
//! Phones' clocks are wrong and people fill in logs late. A command carries what its phone knew of the time; from that the
//! server derives the interval in which it can have been made. Nobody's wall clock is ever trusted.

use serde::{Deserialize, Serialize};

use crate::id::Id;
use crate::time::{DAY_MS, HOUR_MS, MINUTE_MS, Timestamp};

/// A statement of the time by the server, kept by a phone with its own reading of the monotonic clock beside it.
///
/// The server signs `issued` for one device, so a phone cannot make one up; `boot` and `mono_ms` are the phone's word
/// for when it arrived, which can only make the interval wider, never move it into the past.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeToken {
    /// The server's clock when it was issued.
    pub issued: Timestamp,
    /// The run of the phone's operating system during which it arrived.
    pub boot: Id,
    /// The phone's monotonic clock when it arrived, in milliseconds since `boot` began.
    pub mono_ms: u64,
    /// HMAC-SHA-256 by the server over the device and `issued`.
    pub mac: [u8; 32],
}

/// What a phone knew of the time when a command was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Times {
    /// The wall clock, right or wrong.
    pub wall: Timestamp,
    /// The monotonic clock, in milliseconds since `boot` began. Counts while the phone sleeps.
    pub mono_ms: u64,
    /// Names one run of the phone's operating system; the monotonic clock means nothing across two of them.
    pub boot: Id,
    /// The last statement of the time from the server, if there ever was one.
    pub token: Option<TimeToken>,
}

/// A phone's clocks at the moment it pushed, and the server's clock when that arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The server's clock when the push arrived.
    pub received: Timestamp,
    /// The phone's monotonic clock when it pushed.
    pub mono_ms: u64,
    /// The boot that clock belongs to.
    pub boot: Id,
}

/// The moments between which something was done, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Interval {
    /// Not before this. The start of time where nothing bounds it.
    pub earliest: Timestamp,
    /// Not after this.
    pub latest: Timestamp,
}

impl Interval {
    /// Known exactly; what a phone assumes of its own clock until the server knows better.
    pub fn at(moment: Timestamp) -> Self {
        Self { earliest: moment, latest: moment }
    }

    /// Milliseconds between the two ends.
    pub fn width_ms(&self) -> i64 {
        self.latest.since(self.earliest)
    }

    /// Derives the interval in which a command with `times` can have been made.
    ///
    /// Upper bound: the arrival, less the time that passed on the phone since, where the phone did not reboot between.
    /// Lower bound: the token's time, plus what passed on the phone since it arrived, where both are of one boot.
    /// `token_genuine` says whether the server recognised its own signature; a token that is not its own bounds nothing.
    pub fn derive(times: &Times, token_genuine: bool, delivery: &Delivery) -> Self {
        #[cfg(feature = "planted")]
        if haitang_planted::is(haitang_planted::Bug::TrustWallClock) {
            return Self::at(times.wall);
        }
        let same_boot = times.boot == delivery.boot && times.mono_ms <= delivery.mono_ms;
        let waited = if same_boot { delivery.mono_ms - times.mono_ms } else { 0 };
        let latest = delivery.received.plus_millis(-i64::try_from(waited).unwrap_or(i64::MAX));
        let token = times.token.as_ref().filter(|_| token_genuine);
        let earliest = token.map_or(Timestamp::from_millis(0), |token| {
            let since = if token.boot == times.boot { times.mono_ms.saturating_sub(token.mono_ms) } else { 0 };
            token.issued.plus_millis(i64::try_from(since).unwrap_or(i64::MAX))
        });
        #[cfg(feature = "planted")]
        let latest = if haitang_planted::is(haitang_planted::Bug::TokenIsNow) { earliest.min(latest) } else { latest };
        // A phone whose word leads to an empty interval is believed about nothing: the server's clock alone remains.
        if earliest > latest {
            Self { earliest: earliest.min(delivery.received), latest: delivery.received }
        } else {
            Self { earliest, latest }
        }
    }

    /// Narrowed by what is known of the device from before: that it made an earlier command not before `floor`. A device's commands
    /// come in the order in which they were made, so an old token, or none, gains nothing for one that showed a newer one before.
    ///
    /// A floor that lies after the arrival is of a time when the server's own clock was ahead, and says nothing.
    pub fn no_earlier_than(self, floor: Timestamp, delivery: &Delivery) -> Self {
        if floor <= self.earliest || floor > delivery.received {
            return self;
        }
        // As in `derive`: one who contradicts themselves is believed about nothing.
        let latest = if floor > self.latest { delivery.received } else { self.latest };
        Self { earliest: floor, latest }
    }

    /// How long after `event` this was done, told as coarsely as it is known.
    pub fn lateness(&self, event: Timestamp) -> Lateness {
        let least = self.earliest.since(event);
        let most = self.latest.since(event);
        if most <= 0 {
            Lateness::Before
        } else if most <= 3 * MINUTE_MS {
            Lateness::WithinMinutes(3)
        } else if most <= HOUR_MS {
            Lateness::WithinMinutes(most.div_euclid(MINUTE_MS) + 1)
        } else if most <= DAY_MS {
            Lateness::WithinHours(most.div_euclid(HOUR_MS) + 1)
        } else if least >= DAY_MS {
            Lateness::DaysLater(least.div_euclid(DAY_MS))
        } else {
            Lateness::WithinDays(most.div_euclid(DAY_MS) + 1)
        }
    }
}

/// How late something was recorded, in the words a reader is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lateness {
    /// Not after the event.
    Before,
    /// Surely within so many minutes.
    WithinMinutes(i64),
    /// Surely within so many hours.
    WithinHours(i64),
    /// Surely within so many days; perhaps at once.
    WithinDays(i64),
    /// Surely so many days later or more.
    DaysLater(i64),
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn id(n: u8) -> Id {
        Id::from_bytes([n; 16])
    }

    fn times(mono_ms: u64, token_mono: Option<u64>) -> Times {
        let token =
            token_mono.map(|mono_ms| TimeToken { issued: Timestamp::from_millis(1_000_000), boot: id(1), mono_ms, mac: [0; 32] });
        Times { wall: Timestamp::from_millis(-5), mono_ms, boot: id(1), token }
    }

    #[test]
    fn one_boot_bounds_the_time_from_both_sides_whatever_the_wall_clock_says() {
        // The token came at 10 s, the command was made at 70 s, the push left at 100 s and arrived at 1 092 s of the server's clock.
        let delivery = Delivery { received: Timestamp::from_millis(1_092_000), mono_ms: 100_000, boot: id(1) };
        let made = Interval::derive(&times(70_000, Some(10_000)), true, &delivery);
        assert_eq!(made, Interval { earliest: Timestamp::from_millis(1_060_000), latest: Timestamp::from_millis(1_062_000) });
    }

    #[test]
    fn after_a_reboot_the_token_and_the_arrival_remain() {
        let delivery = Delivery { received: Timestamp::from_millis(9_000_000), mono_ms: 5, boot: id(2) };
        let made = Interval::derive(&times(70_000, Some(10_000)), true, &delivery);
        assert_eq!(made, Interval { earliest: Timestamp::from_millis(1_060_000), latest: Timestamp::from_millis(9_000_000) });
    }

    #[test]
    fn a_forged_token_bounds_nothing() {
        let delivery = Delivery { received: Timestamp::from_millis(9_000_000), mono_ms: 5, boot: id(2) };
        assert_eq!(Interval::derive(&times(7, Some(1)), false, &delivery).earliest, Timestamp::from_millis(0));
    }

    #[test]
    fn what_a_device_showed_before_bounds_what_it_says_later() {
        let at = Timestamp::from_millis;
        let delivery = Delivery { received: at(9_000), mono_ms: 5, boot: id(2) };
        let said = Interval { earliest: at(1_000), latest: at(3_000) };
        assert_eq!(said.no_earlier_than(at(500), &delivery), said);
        assert_eq!(said.no_earlier_than(at(2_000), &delivery), Interval { earliest: at(2_000), latest: at(3_000) });
        let caught = said.no_earlier_than(at(4_000), &delivery);
        assert_eq!(caught, Interval { earliest: at(4_000), latest: at(9_000) }, "it was made later than it says");
        assert_eq!(said.no_earlier_than(at(9_001), &delivery), said, "the server's clock was put back meanwhile");
    }

    #[test]
    fn lateness_is_told_as_coarsely_as_it_is_known() {
        let event = Timestamp::from_millis(0);
        let span = |a, b| Interval { earliest: Timestamp::from_millis(a), latest: Timestamp::from_millis(b) };
        assert_eq!(span(MINUTE_MS, 2 * MINUTE_MS).lateness(event), Lateness::WithinMinutes(3));
        assert_eq!(span(14 * DAY_MS, 15 * DAY_MS).lateness(event), Lateness::DaysLater(14));
        assert_eq!(span(0, 15 * DAY_MS).lateness(event), Lateness::WithinDays(16));
    }

    proptest! {
        /// The moment a command was really made is always inside the interval, for every wall clock and every delay.
        #[test]
        fn the_truth_is_inside(token_at in 0u64..1_000_000, wait in 0u64..1_000_000, travel_a in 0u64..10_000,
                               later in 0u64..1_000_000, travel_b in 0u64..10_000, wall: i64, reboot: bool) {
            let boot_began = 500_000u64; // on the server's clock
            let issued = boot_began + token_at;
            let token = TimeToken { issued: Timestamp::from_millis(issued.cast_signed()), boot: id(1), mono_ms: token_at + travel_a, mac: [0; 32] };
            let mono_made = token.mono_ms + wait;
            let truth = (boot_began + mono_made).cast_signed();
            let times = Times { wall: Timestamp::from_millis(wall), mono_ms: mono_made, boot: id(1), token: Some(token) };
            let pushed = mono_made + later;
            let delivery = Delivery {
                received: Timestamp::from_millis((boot_began + pushed + travel_b).cast_signed()),
                mono_ms: if reboot { 3 } else { pushed },
                boot: if reboot { id(2) } else { id(1) },
            };
            let made = Interval::derive(&times, true, &delivery);
            prop_assert!(made.earliest.millis() <= truth && truth <= made.latest.millis());
        }
    }
}
