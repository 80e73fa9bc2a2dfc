//! Rate limits: by device, by address for those without a token, and tighter ones where guessing would pay.

mod guess;

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::time::Instant;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota};
use haitang_domain::Id;
use haitang_protocol::{Problem, ProblemCode};

use crate::config::Config;
use guess::{Guess, Guesses};

/// The limiters. A whole minute's allowance can be used at once; it fills up again evenly.
pub struct Rates {
    devices: DefaultKeyedRateLimiter<Id>,
    addresses: DefaultKeyedRateLimiter<IpAddr>,
    attempts: DefaultKeyedRateLimiter<IpAddr>,
    guesses: Guesses,
}

fn quota(per_minute: u32) -> Quota {
    Quota::per_minute(NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN))
}

/// What stands for an address: of IPv6 the network, since one sender has 2^64 addresses.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & (!0 << 64))),
        v4 @ IpAddr::V4(_) => v4,
    }
}

fn check<K: std::hash::Hash + Eq + Clone>(limiter: &DefaultKeyedRateLimiter<K>, key: &K) -> Result<(), Problem> {
    limiter.check_key(key).map_err(|not_until| {
        let wait = not_until.wait_time_from(DefaultClock::default().now());
        Problem::new(ProblemCode::RateLimited, "too many requests").with("after_s", wait.as_secs() + 1)
    })
}

impl Rates {
    /// As configured.
    pub fn new(config: &Config) -> Self {
        let keyed = |per_minute| quota(per_minute);
        Self {
            devices: DefaultKeyedRateLimiter::keyed(keyed(config.device_per_minute)),
            addresses: DefaultKeyedRateLimiter::keyed(keyed(config.address_per_minute)),
            attempts: DefaultKeyedRateLimiter::keyed(keyed(config.attempts_per_minute)),
            guesses: Guesses::default(),
        }
    }

    /// A request of a device or account.
    pub fn device(&self, holder: Id) -> Result<(), Problem> {
        check(&self.devices, &holder)
    }

    /// A request without a token, or with one that is not genuine.
    pub fn address(&self, address: IpAddr) -> Result<(), Problem> {
        check(&self.addresses, &network(address))
    }

    /// A try at a one-time code or a password.
    pub fn attempt(&self, address: IpAddr) -> Result<(), Problem> {
        check(&self.attempts, &network(address))
    }

    /// A try at one account's password, counted as wrong until it is said to be right.
    pub fn guess(&self, name: &str, address: IpAddr) -> Result<Guess<'_>, Problem> {
        self.guesses.begin(name, network(address), Instant::now())
    }

    /// Forgets those who have been quiet, so that memory does not grow with everyone who ever came by.
    pub fn forget_quiet(&self) {
        self.devices.retain_recent();
        self.addresses.retain_recent();
        self.attempts.retain_recent();
        self.guesses.forget_quiet(Instant::now());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_who_asks_too_often_is_told_when_to_come_back_and_others_go_on() {
        let folder = tempfile::tempdir().expect("a folder");
        let rates = Rates::new(&Config { device_per_minute: 2, ..Config::local(folder.path()) });
        let (one, two) = (Id::from_bytes([1; 16]), Id::from_bytes([2; 16]));
        assert!(rates.device(one).is_ok() && rates.device(one).is_ok());
        let problem = rates.device(one).expect_err("a third in the same second");
        assert_eq!(problem.code, ProblemCode::RateLimited);
        let after: u64 = problem.values["after_s"].parse().expect("a number");
        assert!((1..=31).contains(&after), "{after}");
        assert!(rates.device(two).is_ok());
    }

    #[test]
    fn all_addresses_of_one_network_are_one_sender() {
        let at = |text: &str| network(text.parse().expect("an address"));
        assert_eq!(at("2001:db8:1:2::1"), at("2001:db8:1:2:ffff::9"));
        assert_ne!(at("2001:db8:1:2::1"), at("2001:db8:1:3::1"));
        assert_eq!(at("::ffff:192.0.2.1"), at("192.0.2.1"));
        assert_ne!(at("192.0.2.1"), at("192.0.2.2"));
    }
}
