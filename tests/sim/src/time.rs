//! The true time, which nobody in a simulation knows, and the clocks that are more or less wrong.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use haitang_app::clock::Clock;
use haitang_app::surroundings::Randomness;
use haitang_disk::Chance;
use haitang_domain::{Id, Timestamp};
use parking_lot::Mutex;

/// When every simulation begins: Tuesday, 2026-03-10, 9 o'clock in China.
pub const BEGIN_MS: i64 = 1_773_104_400_000;

/// The true time in milliseconds.
#[derive(Clone, Debug)]
pub struct TrueTime(Arc<AtomicI64>);

impl Default for TrueTime {
    fn default() -> Self {
        Self(Arc::new(AtomicI64::new(BEGIN_MS)))
    }
}

impl TrueTime {
    /// Now.
    pub fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::Relaxed))
    }

    /// Time passes.
    pub fn pass(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::Relaxed);
    }
}

/// A phone's clocks.
#[derive(Clone, Debug)]
pub struct PhoneClock {
    time: TrueTime,
    /// How far the wall clock is off, in milliseconds.
    offset_ms: Arc<AtomicI64>,
    /// When the phone was switched on, and how often it was before.
    booted_ms: Arc<AtomicI64>,
    boots: Arc<AtomicU64>,
    number: u8,
}

impl PhoneClock {
    /// The clock of phone `number`, switched on now.
    pub fn new(time: &TrueTime, number: u8) -> Self {
        let now = time.now().millis();
        let (offset_ms, booted_ms, boots) = (Arc::default(), Arc::new(AtomicI64::new(now)), Arc::default());
        Self { time: time.clone(), offset_ms, booted_ms, boots, number }
    }

    /// Sets the wall clock wrong by so much.
    pub fn set_wrong_by(&self, ms: i64) {
        self.offset_ms.store(ms, Ordering::Relaxed);
    }

    /// The phone is switched off and on.
    pub fn boot(&self) {
        self.booted_ms.store(self.time.now().millis(), Ordering::Relaxed);
        self.boots.fetch_add(1, Ordering::Relaxed);
    }
}

impl Clock for PhoneClock {
    fn wall(&self) -> Timestamp {
        self.time.now().plus_millis(self.offset_ms.load(Ordering::Relaxed))
    }

    fn mono_ms(&self) -> u64 {
        let since = self.time.now().millis() - self.booted_ms.load(Ordering::Relaxed);
        // Nothing starts at zero: the system needs a moment before it runs any app.
        since.cast_unsigned() + 20_000
    }

    fn boot(&self) -> Id {
        let mut bytes = [0x80; 16];
        bytes[0] = self.number;
        bytes[8..].copy_from_slice(&self.boots.load(Ordering::Relaxed).to_be_bytes());
        Id::from_bytes(bytes)
    }
}

/// The server's clock.
#[derive(Clone, Debug, Default)]
pub struct ServerClock {
    time: TrueTime,
    offset_ms: Arc<AtomicI64>,
}

impl ServerClock {
    /// One that is right.
    pub fn new(time: &TrueTime) -> Self {
        Self { time: time.clone(), offset_ms: Arc::default() }
    }

    /// Sets it wrong by so much.
    pub fn set_wrong_by(&self, ms: i64) {
        self.offset_ms.store(ms, Ordering::Relaxed);
    }
}

impl haitang_server::clock::Clock for ServerClock {
    fn now(&self) -> Timestamp {
        self.time.now().plus_millis(self.offset_ms.load(Ordering::Relaxed))
    }
}

/// Randomness that is the same for the same seed.
pub struct Seeded(Mutex<Chance>);

impl Seeded {
    /// From a seed.
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(Chance::new(seed)))
    }
}

impl Randomness for Seeded {
    fn fill(&self, bytes: &mut [u8]) {
        let mut chance = self.0.lock();
        for piece in bytes.chunks_mut(8) {
            let number = chance.number().to_le_bytes();
            piece.copy_from_slice(&number[..piece.len()]);
        }
    }
}
