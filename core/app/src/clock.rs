//! The phone's clocks: the only place where the core asks the platform for the time.

use std::sync::OnceLock;

use haitang_domain::evidence::{Interval, Times};
use haitang_domain::{Id, Timestamp};
use haitang_protocol::envelope::WireToken;
use rustix::time::{ClockId, clock_gettime};
use sha2::{Digest, Sha256};

/// The three things a platform knows of time.
pub trait Clock: Send + Sync {
    /// The wall clock, right or wrong.
    fn wall(&self) -> Timestamp;
    /// Milliseconds since the operating system started, counting sleep. Never goes back.
    fn mono_ms(&self) -> u64;
    /// Names this run of the operating system.
    fn boot(&self) -> Id;
}

/// The clocks of the machine this runs on, with the wall clock moved by `wall_offset_ms` (0 on a real phone).
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock {
    /// Added to the wall clock: how tests and the headless phone have a phone whose clock is wrong.
    pub wall_offset_ms: i64,
}

#[cfg(any(target_os = "linux", target_os = "android"))]
const MONOTONIC: ClockId = ClockId::Boottime;
// On Apple's systems the monotonic clock goes on while the machine sleeps.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
const MONOTONIC: ClockId = ClockId::Monotonic;

fn millis(clock: ClockId) -> i64 {
    let time = clock_gettime(clock);
    time.tv_sec.saturating_mul(1_000).saturating_add(time.tv_nsec / 1_000_000)
}

impl Clock for SystemClock {
    fn wall(&self) -> Timestamp {
        Timestamp::from_millis(millis(ClockId::Realtime).saturating_add(self.wall_offset_ms))
    }

    fn mono_ms(&self) -> u64 {
        millis(MONOTONIC).cast_unsigned()
    }

    fn boot(&self) -> Id {
        static BOOT: OnceLock<Id> = OnceLock::new();
        *BOOT.get_or_init(|| {
            let named = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok();
            // Where the system does not name its run, the time it began does, to ten minutes: a phone whose wall clock is set
            // meanwhile only loses precision, because another boot bounds less.
            let began = (millis(ClockId::Realtime) - millis(MONOTONIC)) / 600_000;
            let name = named.unwrap_or_else(|| began.to_string());
            let hash: [u8; 32] = Sha256::digest(name.trim()).into();
            let mut bytes = [0; 16];
            bytes.copy_from_slice(&hash[..16]);
            Id::from_bytes(bytes)
        })
    }
}

/// What goes into a command made now.
pub fn times(clock: &dyn Clock, token: Option<&WireToken>) -> Times {
    let token = token.map(|token| haitang_domain::evidence::TimeToken {
        issued: token.issued,
        boot: token.boot,
        mono_ms: token.mono_ms,
        mac: token.mac,
    });
    Times { wall: clock.wall(), mono_ms: clock.mono_ms(), boot: clock.boot(), token }
}

/// The phone's own best guess at the time: the server's last word plus what has passed since, where the phone was not restarted;
/// else the wall clock, but never before the server's last word.
pub fn best_guess(times: &Times) -> Timestamp {
    match &times.token {
        Some(token) if token.boot == times.boot && token.mono_ms <= times.mono_ms => {
            token.issued.plus_millis((times.mono_ms - token.mono_ms).cast_signed())
        }
        Some(token) => times.wall.max(token.issued),
        None => times.wall,
    }
}

/// How far the clock that the phone shows may be away from the best guess before its holder is told.
const WRONG_MS: i64 = 5 * 60 * 1_000;

/// Whether the clock that the phone shows is minutes away from what is known better.
pub fn is_wrong(times: &Times) -> bool {
    (best_guess(times).millis() - times.wall.millis()).abs() > WRONG_MS
}

/// What the phone assumes of the moment a command is made, until the server knows better.
pub fn made(times: &Times) -> Interval {
    Interval::at(best_guess(times))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_servers_word_beats_a_wall_clock_that_is_a_year_off() {
        let boot = Id::from_bytes([1; 16]);
        let token = WireToken { issued: Timestamp::from_millis(1_000_000), boot, mono_ms: 500, mac: [0; 32] };
        let times = Times {
            wall: Timestamp::from_millis(99),
            mono_ms: 1_500,
            boot,
            token: Some(haitang_domain::evidence::TimeToken { issued: token.issued, boot, mono_ms: 500, mac: [0; 32] }),
        };
        assert_eq!(best_guess(&times), Timestamp::from_millis(1_001_000));
        let rebooted = Times { boot: Id::from_bytes([2; 16]), ..times };
        assert_eq!(best_guess(&rebooted), Timestamp::from_millis(1_000_000), "not before the server's last word");
        assert!(is_wrong(&rebooted), "the wall clock is a quarter of an hour behind the server's last word");
        assert!(!is_wrong(&Times { wall: Timestamp::from_millis(1_000_000 - WRONG_MS), ..rebooted }));
    }

    #[test]
    fn the_monotonic_clock_moves_and_the_boot_stays() {
        let clock = SystemClock::default();
        let (mono, boot) = (clock.mono_ms(), clock.boot());
        std::thread::sleep(std::time::Duration::from_millis(5));
        assert!(clock.mono_ms() > mono);
        assert_eq!(clock.boot(), boot);
    }
}
