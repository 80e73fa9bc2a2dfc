//! Plants one bug after the other and sees after how many worlds each is found.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use haitang_planted::{Bug, plant};
use haitang_sim::World;
use parking_lot::Mutex;

/// Worlds within which each bug must be found.
pub const WORLDS_MAX: u64 = 500;

/// The first of the worlds from `seed` on in which something is not as it must be, and what; by so many threads.
fn first_failure(seed: u64, steps: u32, threads: usize) -> Option<(u64, String)> {
    let next = AtomicU64::new(0);
    let found = AtomicBool::new(false);
    let first: Mutex<Option<(u64, String)>> = Mutex::new(None);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while !found.load(Ordering::Relaxed) {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= WORLDS_MAX {
                        break;
                    }
                    // A bug may well make the rig itself fall over.
                    let played = std::panic::catch_unwind(|| World::run(seed + number, steps, false));
                    let what = match played {
                        Ok(Ok(_)) => continue,
                        Ok(Err(failure)) => failure.to_string(),
                        Err(_) => "the rig panicked".to_owned(),
                    };
                    found.store(true, Ordering::Relaxed);
                    let mut first = first.lock();
                    if first.as_ref().is_none_or(|(before, _)| number < *before) {
                        *first = Some((number, what));
                    }
                }
            });
        }
    });
    first.into_inner().map(|(number, what)| (number + 1, what))
}

/// Plants each bug whose name contains `only`; whether all were found.
pub fn all(seed: u64, steps: u32, threads: usize, only: &str) -> bool {
    let bugs: Vec<Bug> = Bug::ALL.iter().copied().filter(|bug| format!("{bug:?}").contains(only)).collect();
    let (mut found, mut worst) = (0, 0);
    for bug in &bugs {
        plant(Some(*bug));
        let first = first_failure(seed, steps, threads);
        plant(None);
        match first {
            Some((worlds, what)) => {
                found += 1;
                worst = worst.max(worlds);
                println!("{bug:?} found after {worlds}: {what}");
            }
            None => println!("{bug:?} NOT FOUND in {WORLDS_MAX}: {}", bug.what()),
        }
    }
    println!("planted {} found {found} worst_seeds {worst}", bugs.len());
    found == bugs.len()
}
