//! Plays worlds for as long as one likes. See `scripts/soak`.

#[cfg(feature = "planted")]
mod planted;

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use clap::Parser;
use haitang_sim::{Failure, Played, World};
use parking_lot::Mutex;

/// Plays whole systems of phones and a server from seeds, and tells what was not as it must be.
#[derive(Parser)]
struct Arguments {
    /// How many worlds to play.
    #[arg(long, default_value_t = 100, conflicts_with = "minutes")]
    seeds: u64,
    /// Play for so many minutes, however many worlds that makes.
    #[arg(long)]
    minutes: Option<u64>,
    /// The first seed; the others follow.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Steps in each world.
    #[arg(long, default_value_t = 200)]
    steps: u32,
    /// Worlds played at a time [default: as many as there are processors]
    #[arg(long)]
    threads: Option<usize>,
    /// Tell everything that happens, on the standard error.
    #[arg(long)]
    tell: bool,
    /// Tell at the end how often each thing happened.
    #[arg(long)]
    counts: bool,
    /// Plant one bug after the other (those whose names contain this, or all) and see after how many worlds each is found.
    #[cfg(feature = "planted")]
    #[arg(long, num_args = 0..=1, default_missing_value = "")]
    planted: Option<String>,
}

#[derive(Default)]
struct Sum {
    played: u64,
    steps: u64,
    acknowledged: u64,
    failures: Vec<Failure>,
    counts: BTreeMap<String, u64>,
}

impl Sum {
    fn add(&mut self, played: Result<Played, Failure>) {
        self.played += 1;
        match played {
            Ok(played) => {
                self.steps += u64::from(played.steps);
                self.acknowledged += played.acknowledged as u64;
                for (what, count) in played.counts {
                    *self.counts.entry(what).or_default() += u64::from(count);
                }
            }
            Err(failure) => {
                eprintln!("\n{failure}\n  again: scripts/soak --seeds 1 --seed {} --tell", failure.seed);
                self.steps += u64::from(failure.step);
                self.failures.push(failure);
            }
        }
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let here = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let threads = arguments.threads.unwrap_or_else(here).max(1);
    #[cfg(feature = "planted")]
    if let Some(only) = &arguments.planted {
        let all = planted::all(arguments.seed, arguments.steps, threads, only);
        return if all { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    let next = AtomicU64::new(0);
    let sum = Mutex::new(Sum::default());
    let began = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let over = match arguments.minutes {
                        Some(minutes) => began.elapsed().as_secs() >= minutes * 60,
                        None => number >= arguments.seeds,
                    };
                    if over {
                        break;
                    }
                    let played = World::run(arguments.seed.wrapping_add(number), arguments.steps, arguments.tell);
                    let mut sum = sum.lock();
                    sum.add(played);
                    if sum.played.is_multiple_of(50) {
                        let (played, seconds) = (sum.played, began.elapsed().as_secs());
                        eprintln!("{played} worlds, {seconds} s, {} failures", sum.failures.len());
                    }
                }
            });
        }
    });
    let sum = sum.into_inner();
    if arguments.counts {
        for (what, count) in &sum.counts {
            println!("{count:>8} {what}");
        }
    }
    println!("acknowledged {}", sum.acknowledged);
    println!("seeds {} steps {} failures {}", sum.played, sum.steps, sum.failures.len());
    if sum.failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
