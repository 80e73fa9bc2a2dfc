//! What the fuzzers found worth keeping, replayed, and a little mutated from it: bounded by time, the same from the same seed.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use haitang_fuzz::mutate::{Chance, mutate};
use haitang_fuzz::{TARGETS, target};

/// Seconds that mutating one target may take; `HAITANG_FUZZ_SECONDS` says otherwise.
const SECONDS: u64 = 4;

fn corpus(name: &str) -> Vec<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus").join(name);
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(&folder).map(|all| all.map(|entry| entry.expect("reads").path()).collect()).unwrap_or_default();
    paths.sort();
    assert!(!paths.is_empty(), "no corpus in {}", folder.display());
    paths.iter().map(|path| std::fs::read(path).expect("reads")).collect()
}

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// Replays and mutates one target.
fn run(name: &str) {
    let target = target(name);
    let mut pool = (target.seeds)();
    pool.extend(corpus(name));
    // Every input that ever mattered, whatever the time.
    for input in &pool {
        (target.run)(input);
    }
    let seed = number("HAITANG_SEED", 1);
    let mut chance = Chance::new(seed);
    let began = Instant::now();
    let enough = Duration::from_secs(number("HAITANG_FUZZ_SECONDS", SECONDS));
    let mut count = 0u64;
    while began.elapsed() < enough {
        let (one, two) = (chance.below(pool.len()), chance.below(pool.len()));
        let input = mutate(&pool[one], &pool[two], &mut chance);
        let failed = std::panic::catch_unwind(|| (target.run)(&input));
        if let Err(panic) = failed {
            let kept = std::env::temp_dir().join(format!("haitang-fuzz-{name}-{seed}-{count}"));
            let _ = std::fs::write(&kept, &input);
            println!("{name}: input {count} of seed {seed} fails; kept as {}", kept.display());
            std::panic::resume_unwind(panic);
        }
        count += 1;
    }
    println!("{name}: {} kept inputs, {count} mutated from seed {seed}", pool.len());
}

macro_rules! replayed {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            run(stringify!($name));
        })*

        #[test]
        fn every_target_is_replayed() {
            let named = [$(stringify!($name),)*];
            let all: Vec<_> = TARGETS.iter().map(|target| target.name).collect();
            assert_eq!(named.as_slice(), all);
        }
    };
}

replayed! { frame push pull_page envelope body command qr calendar tus config decide hub }
