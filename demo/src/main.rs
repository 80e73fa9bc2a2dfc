//! Fills a server's data folder with the demo city.

use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::{Parser, Subcommand};
use haitang_demo::city::CityError;
use haitang_demo::{Cast, City, Options};
use haitang_domain::{Timestamp, Zone};

mod load;
mod progress;

/// The demo city of Haitang: 苏州市 with its real divisions and made-up people.
#[derive(Debug, Parser)]
#[command(name = "haitang-demo", version)]
struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Makes the city and loads it into the data folder of a server that is not running
    City {
        /// The server's data folder; made when it is not there
        #[arg(long)]
        data: PathBuf,
        /// How many members, 40 to 10,000,000
        #[arg(long, default_value_t = 5_000)]
        members: usize,
        /// Where chance comes from: the same seed, the same city
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// The day on which the city is as it is [default: today in China]
        #[arg(long)]
        today: Option<NaiveDate>,
        /// A file for the cast of the story, as JSON; it is printed too
        #[arg(long)]
        cast: Option<PathBuf>,
    },
}

/// Why the city was not loaded.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    City(#[from] CityError),
    #[error("loading: {0}")]
    Load(String),
    #[error("{path}: {source}")]
    Cast { path: PathBuf, source: std::io::Error },
}

fn today() -> NaiveDate {
    let now = chrono::Utc::now().timestamp_millis();
    Zone::CHINA.date(Timestamp::from_millis(now))
}

fn run(line: Line) -> Result<(), Failure> {
    let Command::City { data, members, seed, today: day, cast: path } = line.command;
    let city = City::new(Options { seed, members, today: day.unwrap_or_else(today) })?;
    load::load(&city, &data)?;
    let cast = serde_json::to_string_pretty(&Cast::of(&city)?).map_err(|error| Failure::Load(error.to_string()))?;
    if let Some(path) = path {
        std::fs::write(&path, &cast).map_err(|source| Failure::Cast { path, source })?;
    }
    println!("{cast}");
    Ok(())
}

fn main() -> ExitCode {
    match run(Line::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("haitang-demo: {failure}");
            ExitCode::FAILURE
        }
    }
}
