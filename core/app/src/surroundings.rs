//! What a phone needs of the machine it runs on: the time, randomness, the network, and threads. Everything else in the core is
//! the same wherever it runs, which is how whole systems of phones and a server can be played through in one thread, again and
//! again from one seed.

use std::sync::Arc;

use crate::clock::{Clock, SystemClock};
use crate::error::AppError;
use crate::network::{Https, Network};

/// A source of randomness.
pub trait Randomness: Send + Sync {
    /// Fills `bytes` with what nobody can guess.
    fn fill(&self, bytes: &mut [u8]);
}

/// The operating system's.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRandomness;

impl Randomness for SystemRandomness {
    fn fill(&self, bytes: &mut [u8]) {
        // The system's source does not fail once it has been seeded, which is long before any app runs.
        if getrandom::fill(bytes).is_err() {
            std::process::abort();
        }
    }
}

/// Where work is done that may take its time, such as writing to the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Threads {
    /// On threads of the runtime that are there for it.
    Runtime,
    /// At once, where it is asked for: nothing then happens beside anything else.
    None,
}

/// The machine a phone runs on.
pub struct Surroundings {
    /// Its clocks.
    pub clock: Box<dyn Clock>,
    /// Its randomness.
    pub randomness: Box<dyn Randomness>,
    /// Its network; the real one is made when it is first needed.
    pub network: Option<Arc<dyn Network>>,
    /// Its threads.
    pub threads: Threads,
}

impl Default for Surroundings {
    fn default() -> Self {
        Self::with_clock(Box::new(SystemClock::default()))
    }
}

impl Surroundings {
    /// A real machine, but for its clock.
    pub fn with_clock(clock: Box<dyn Clock>) -> Self {
        Self { clock, randomness: Box::new(SystemRandomness), network: None, threads: Threads::Runtime }
    }

    /// So many random bytes.
    pub(crate) fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.randomness.fill(&mut bytes);
        bytes
    }

    /// The network, made where there is none yet.
    pub(crate) fn network(&self) -> Result<Arc<dyn Network>, AppError> {
        match &self.network {
            Some(network) => Ok(Arc::clone(network)),
            None => Ok(Arc::new(Https::new()?)),
        }
    }
}
