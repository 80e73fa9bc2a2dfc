//! The figures that matter, each beside its own floor in the same run: `figure value unit floor ratio`, tab-separated.
//!
//! A floor is the least that could be done with the same means: the same rows put into the same tables by bare SQLite, the same bytes
//! by bare zstd. Machines are noisy and differ; the ratio to the floor of the same minute is what is promised.

mod city;
mod figure;
mod floor;
mod report;
mod shell;
mod stage;

use std::path::Path;
use std::process::ExitCode;

use figure::FIGURES;
use stage::Stage;

fn main() -> ExitCode {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    // The phone of first_sync_100k_rss is a process of its own, so that its memory is its own.
    if let [role, rest @ ..] = wanted.as_slice()
        && role == figure::memory::PHONE
    {
        return figure::memory::phone_process(rest);
    }
    // For the Android shell, which measures the same phone through its bindings.
    match wanted.as_slice() {
        [role, folder] if role == shell::MAKE => return shell::make(Path::new(folder)),
        [role, folder] if role == shell::ASK => return shell::ask(Path::new(folder)),
        _ => {}
    }
    if let Some(unknown) = wanted.iter().find(|name| !FIGURES.iter().any(|(known, _)| known == name)) {
        eprintln!("no such figure: {unknown}; there are: {}", FIGURES.map(|(name, _)| name).join(" "));
        return ExitCode::FAILURE;
    }
    let stage = Stage::new();
    println!("figure\tvalue\tunit\tfloor\tratio");
    for (name, measure) in FIGURES {
        if wanted.is_empty() || wanted.iter().any(|want| want == name) {
            measure(&stage).print(name);
        }
    }
    ExitCode::SUCCESS
}
