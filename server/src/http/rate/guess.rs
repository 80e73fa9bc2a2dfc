//! Guesses at passwords: wrong ones are counted against the account, from wherever they come, and slow down those that follow.
//!
//! Whoever could use up an account's guesses could keep its owner out. So wrong guesses from a network from which the account was
//! opened before are counted apart from all others: a stranger's guesses never close the door at which the owner usually comes in.
//! Names of accounts that do not exist are counted like the others, so that the counting does not tell which exist.

use std::collections::HashMap;
use std::net::IpAddr;
use std::time::{Duration, Instant};

use haitang_protocol::{Problem, ProblemCode};
use parking_lot::Mutex;
use sha2::{Digest, Sha256};

/// Wrong guesses in a row that cost nothing but the guess.
const FREE: u32 = 10;
/// After those, one more for every so long: 720 a day at one account, however many machines guess.
const EACH: Duration = Duration::from_mins(2);
/// How long a network stays known for an account.
const KNOWN: Duration = Duration::from_hours(24 * 30);

/// An account's name, hashed: a name that was made up may be long.
type Name = [u8; 32];
/// Whose guesses: those from one network that is known for the account, or all the others'.
type Door = (Name, Option<IpAddr>);

/// The wrong guesses of late.
#[derive(Default)]
pub struct Guesses {
    /// When the guesses of a door will all be forgotten.
    until: Mutex<HashMap<Door, Instant>>,
    /// When an account was last opened from a network.
    known: Mutex<HashMap<(Name, IpAddr), Instant>>,
}

/// A guess under way, counted as wrong until it is known to be right.
#[must_use]
pub struct Guess<'g> {
    guesses: &'g Guesses,
    door: Door,
    network: IpAddr,
    now: Instant,
}

impl Guesses {
    /// Before the password is looked at: whether it may be.
    pub fn begin(&self, name: &str, network: IpAddr, now: Instant) -> Result<Guess<'_>, Problem> {
        let name: Name = Sha256::digest(name.to_lowercase()).into();
        let is_known = self.known.lock().get(&(name, network)).is_some_and(|last| now.duration_since(*last) < KNOWN);
        let door = (name, is_known.then_some(network));
        let mut until = self.until.lock();
        let forgotten = until.entry(door).or_insert(now);
        let next = (*forgotten).max(now) + EACH;
        let over = next.saturating_duration_since(now + EACH * FREE);
        if !over.is_zero() {
            let problem = Problem::new(ProblemCode::RateLimited, "too many wrong passwords; the account's owner is not kept out");
            return Err(problem.with("after_s", over.as_secs() + 1));
        }
        *forgotten = next;
        Ok(Guess { guesses: self, door, network, now })
    }

    /// Forgets what no longer counts.
    pub fn forget_quiet(&self, now: Instant) {
        self.until.lock().retain(|_, until| *until > now);
        self.known.lock().retain(|_, last| now.duration_since(*last) < KNOWN);
    }
}

impl Guess<'_> {
    /// It was right: it does not count, and the network is known from now on.
    pub fn was_right(self) {
        if let Some(until) = self.guesses.until.lock().get_mut(&self.door) {
            *until = until.checked_sub(EACH).unwrap_or(*until);
        }
        self.guesses.known.lock().insert((self.door.0, self.network), self.now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(n: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, n])
    }

    fn wrong(guesses: &Guesses, name: &str, from: u8, now: Instant) -> bool {
        guesses.begin(name, at(from), now).is_ok()
    }

    #[test]
    fn guessing_gets_slow_from_wherever_it_comes_and_for_names_that_are_nobodys_too() {
        let (guesses, began) = (Guesses::default(), Instant::now());
        for name in ["anna", "nobody"] {
            // A machine each: the limit by address never notices.
            let tried = (0..200).filter(|n| wrong(&guesses, name, *n, began)).count();
            assert_eq!(tried, FREE as usize);
            let problem = guesses.begin(&name.to_uppercase(), at(250), began).err().expect("is slowed down");
            assert_eq!((problem.code, problem.values["after_s"].as_str()), (ProblemCode::RateLimited, "121"));
            // A day of it, a guess each second.
            let day = (1..86_400u64).filter(|s| wrong(&guesses, name, 9, began + Duration::from_secs(*s))).count();
            assert!((700..=720).contains(&day), "{day}");
        }
        assert!(wrong(&guesses, "bo", 1, began), "another account goes on");
    }

    #[test]
    fn the_owner_is_not_kept_out_by_others_guesses() {
        let (guesses, began) = (Guesses::default(), Instant::now());
        guesses.begin("anna", at(1), began).expect("may try").was_right();
        let mut now = began;
        for second in 0..10_000 {
            now = began + Duration::from_secs(second);
            let _ = wrong(&guesses, "anna", (second % 200) as u8 + 2, now);
        }
        assert!(!wrong(&guesses, "anna", 2, now), "the stranger waits");
        for _ in 0..100 {
            guesses.begin("anna", at(1), now).expect("her own desk lets her in").was_right();
        }
        // She mistypes it as often as others may, and her desk is no way around the limit.
        let tried = (0..50).filter(|_| wrong(&guesses, "anna", 1, now)).count();
        assert_eq!(tried, FREE as usize);
    }

    #[test]
    fn what_is_long_past_is_forgotten() {
        let (guesses, began) = (Guesses::default(), Instant::now());
        guesses.begin("anna", at(1), began).expect("may try").was_right();
        assert!(wrong(&guesses, "bo", 1, began));
        guesses.forget_quiet(began + EACH + Duration::from_secs(1));
        assert!(guesses.until.lock().is_empty());
        assert_eq!(guesses.known.lock().len(), 1);
        guesses.forget_quiet(began + KNOWN);
        assert!(guesses.known.lock().is_empty());
    }
}
