//! A bad line between two namespaces: every packet of the kernel's passes through here, and some do not.
//!
//! What `tc netem` does, where the kernel has it, done in this process on two TUN devices, so that it is the same on every machine.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use tappers::Tun;

use crate::chance::Chance;

/// Packets that wait in one direction; more are lost, as in any router.
const QUEUE: usize = 1_000;
/// The longest packet.
const PACKET_BYTES: usize = 65_536;
/// How long the thread rests where there is nothing to do.
const REST: Duration = Duration::from_millis(1);

/// How good a line is. The same in both directions.
#[derive(Clone, Copy, Debug, Default)]
pub struct Quality {
    /// Percent of the packets that are lost.
    pub loss: u64,
    /// How long a packet takes, in milliseconds.
    pub delay_ms: u64,
    /// By how much that varies, up and down. Packets overtake each other by it.
    pub jitter_ms: u64,
    /// Percent of the packets that go at once, before those that wait.
    pub reorder: u64,
    /// Percent of the packets that arrive twice.
    pub duplicate: u64,
    /// Bytes a second, where that is limited.
    pub rate: Option<u64>,
}

/// What became of the packets so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    /// Arrived.
    pub passed: u64,
    /// Did not.
    pub lost: u64,
    /// Went before others.
    pub early: u64,
    /// Arrived twice.
    pub twice: u64,
}

impl std::ops::Sub for Carried {
    type Output = Self;

    fn sub(self, before: Self) -> Self {
        Self {
            passed: self.passed - before.passed,
            lost: self.lost - before.lost,
            early: self.early - before.early,
            twice: self.twice - before.twice,
        }
    }
}

#[derive(Default)]
struct Shared {
    quality: Mutex<Quality>,
    stop: AtomicBool,
    passed: AtomicU64,
    lost: AtomicU64,
    early: AtomicU64,
    twice: AtomicU64,
}

/// A line. Gone when dropped, with both its ends.
pub struct Wire {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

/// One direction of it.
#[derive(Default)]
struct Lane {
    /// What waits, the next to go first.
    waiting: BinaryHeap<Reverse<(Instant, u64, Vec<u8>)>>,
    /// When the line will have sent all that was limited by its rate.
    free: Option<Instant>,
    count: u64,
}

impl Lane {
    fn take(&mut self, packet: &[u8], shared: &Shared, chance: &mut Chance, now: Instant) {
        let quality = *shared.quality.lock().unwrap_or_else(PoisonError::into_inner);
        let mut hits = |percent: u64| percent > 0 && chance.below(100) < percent;
        if hits(quality.loss) || self.waiting.len() >= QUEUE {
            shared.lost.fetch_add(1, Ordering::Relaxed);
            return;
        }
        let early = hits(quality.reorder);
        let copies = if hits(quality.duplicate) { 2 } else { 1 };
        shared.early.fetch_add(early.into(), Ordering::Relaxed);
        shared.twice.fetch_add(copies - 1, Ordering::Relaxed);
        for _ in 0..copies {
            let varied = quality.delay_ms + chance.below(2 * quality.jitter_ms + 1);
            let wait = if early { 0 } else { varied.saturating_sub(quality.jitter_ms) };
            let mut due = now + Duration::from_millis(wait);
            if let Some(rate) = quality.rate {
                let free = self.free.unwrap_or(now).max(now);
                let sent = free + Duration::from_micros(packet.len() as u64 * 1_000_000 / rate.max(1));
                self.free = Some(sent);
                due = due.max(sent);
            }
            self.count += 1;
            self.waiting.push(Reverse((due, self.count, packet.to_vec())));
        }
    }

    fn give(&mut self, to: &Tun, shared: &Shared, now: Instant) {
        while self.waiting.peek().is_some_and(|Reverse((due, ..))| *due <= now) {
            let Some(Reverse((_, _, packet))) = self.waiting.pop() else { return };
            // A device that is down takes nothing.
            let count = if to.send(&packet).is_ok() { &shared.passed } else { &shared.lost };
            count.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Wire {
    /// A clear line between two devices.
    pub fn between(one: Tun, other: Tun, seed: u64) -> Self {
        let shared = Arc::<Shared>::default();
        let thread = std::thread::spawn({
            let shared = Arc::clone(&shared);
            move || carry(&one, &other, &shared, seed)
        });
        Self { shared, thread: Some(thread) }
    }

    /// Changes how good it is.
    pub fn set(&self, quality: Quality) {
        *self.shared.quality.lock().unwrap_or_else(PoisonError::into_inner) = quality;
    }

    /// What became of the packets so far.
    pub fn carried(&self) -> Carried {
        let read = |count: &AtomicU64| count.load(Ordering::Relaxed);
        let Shared { passed, lost, early, twice, .. } = &*self.shared;
        Carried { passed: read(passed), lost: read(lost), early: read(early), twice: read(twice) }
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn carry(one: &Tun, other: &Tun, shared: &Shared, seed: u64) {
    let mut chance = Chance::new(seed);
    let (mut there, mut back) = (Lane::default(), Lane::default());
    let mut packet = vec![0; PACKET_BYTES];
    while !shared.stop.load(Ordering::Relaxed) {
        let mut idle = true;
        for (from, to, lane) in [(one, other, &mut there), (other, one, &mut back)] {
            // The devices do not block; one that is down, or gone, has nothing.
            while let Ok(bytes @ 1..) = from.recv(&mut packet) {
                lane.take(&packet[..bytes], shared, &mut chance, Instant::now());
                idle = false;
            }
            lane.give(to, shared, Instant::now());
        }
        if idle {
            std::thread::sleep(REST);
        }
    }
}
