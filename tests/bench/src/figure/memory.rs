//! The memory of a phone during its first sync.

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use crate::report::Measured;
use crate::stage::{self, RECORDS, Stage, Town, open_phone};

/// The argument that makes this program a phone: `--phone FOLDER SERVER CODE` opens one, enrols it and syncs it, and
/// `--phone FOLDER` only opens it. It prints the most memory it ever had, in KiB.
pub const PHONE: &str = "--phone";
/// How many times more records must need no more memory.
const MORE: usize = 10;

/// The most memory that a phone's process has while it syncs a hundred thousand records for the first time, and a million: the larger
/// of both. Floor: the most memory of a process that opens an empty phone.
pub fn measure(stage: &Stage) -> Measured {
    let one = synced(stage, stage.town());
    let million = stage.found(MORE * RECORDS);
    let more = synced(stage, &million);
    let base = phone(&[&stage.new_folder().to_string_lossy()]);
    eprintln!("# first_sync_100k_rss: {one:.1} MB with {RECORDS} records, {more:.1} MB with {MORE} times as many");
    Measured { value: one.max(more), unit: "MB", floor: base }
}

fn synced(stage: &Stage, town: &Town) -> f64 {
    phone(&[&stage.new_folder().to_string_lossy(), &town.running.url(), &stage.code(town)])
}

/// The most memory of a phone's process, in MB.
fn phone(arguments: &[&str]) -> f64 {
    let program = std::env::current_exe().expect("has a path");
    let output = Command::new(program).arg(PHONE).args(arguments).stderr(Stdio::inherit()).output().expect("runs");
    assert!(output.status.success(), "the phone ends well");
    let kib: f64 = String::from_utf8_lossy(&output.stdout).trim().parse().expect("a number");
    kib * 1024.0 / 1e6
}

/// What the process of [`PHONE`] does.
pub fn phone_process(arguments: &[String]) -> ExitCode {
    let [folder, rest @ ..] = arguments else { return ExitCode::FAILURE };
    let phone = open_phone(Path::new(folder));
    if let [server, code] = rest {
        stage::runtime().block_on(async {
            phone.enrol(server, code, "bench").await.expect("enrols");
            stage::sync(&phone).await;
        });
    }
    println!("{}", most_memory_kib());
    ExitCode::SUCCESS
}

#[cfg(target_os = "linux")]
fn most_memory_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("reads");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("is told");
    line.trim().trim_end_matches(" kB").trim().parse().expect("a number")
}

/// Only Linux tells it without a call that is not safe.
#[cfg(not(target_os = "linux"))]
fn most_memory_kib() -> u64 {
    panic!("first_sync_100k_rss is measured on Linux")
}
