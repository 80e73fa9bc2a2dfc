//! One line a figure.

use std::time::{Duration, Instant};

/// A measured figure and its floor, in one unit.
#[derive(Debug, Clone, Copy)]
pub struct Measured {
    /// What was measured.
    pub value: f64,
    /// The unit of both.
    pub unit: &'static str,
    /// The least it could have been.
    pub floor: f64,
}

impl Measured {
    /// Two durations, in milliseconds.
    pub fn ms(value: Duration, floor: Duration) -> Self {
        Self { value: value.as_secs_f64() * 1e3, unit: "ms", floor: floor.as_secs_f64() * 1e3 }
    }

    /// Prints the line.
    pub fn print(&self, name: &str) {
        println!("{name}\t{:.3}\t{}\t{:.3}\t{:.2}", self.value, self.unit, self.floor, self.value / self.floor);
    }
}

/// How long `work` took.
pub fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let out = work();
    (start.elapsed(), out)
}

/// The median of several runs.
pub fn median(mut runs: Vec<Duration>) -> Duration {
    runs.sort_unstable();
    runs[runs.len() / 2]
}
