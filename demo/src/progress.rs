//! How far the loading has come, on the error stream.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// Tells now and then: in one changing line on a terminal, else in a line every few seconds.
pub struct Progress {
    began: Instant,
    told: Instant,
    every: Duration,
    terminal: bool,
}

impl Progress {
    /// Begins to count the time.
    pub fn new() -> Self {
        let terminal = std::io::stderr().is_terminal();
        let every = if terminal { Duration::from_millis(200) } else { Duration::from_secs(5) };
        let now = Instant::now();
        Self { began: now, told: now, every, terminal }
    }

    /// Says that `records` were loaded, `part` of `parts`.
    pub fn at(&mut self, part: usize, parts: usize, records: usize) {
        if self.told.elapsed() < self.every {
            return;
        }
        self.told = Instant::now();
        let text = format!("{} %, {records} records, {:.0} s", part * 100 / parts.max(1), self.began.elapsed().as_secs_f32());
        if self.terminal {
            eprint!("\r\x1b[K{text}");
            let _ = std::io::stderr().flush();
        } else {
            eprintln!("{text}");
        }
    }

    /// Says what it came to.
    pub fn end(self, records: usize, members: usize) {
        let clear = if self.terminal { "\r\x1b[K" } else { "" };
        eprintln!("{clear}{records} records, {members} members, {:.1} s", self.began.elapsed().as_secs_f32());
    }
}
