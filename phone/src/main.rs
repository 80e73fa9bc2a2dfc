//! A phone without a screen: the same core, driven from a command line. Tests and the demo use it, and so can anyone who wants to see
//! what the core does.

mod arguments;
mod command;
mod key;
mod output;
mod progress;
mod words;

use std::process::ExitCode;

use clap::Parser as _;
use haitang_app::Phone;
use haitang_app::clock::SystemClock;

use crate::arguments::Arguments;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let filter = tracing_subscriber::EnvFilter::from_env("HAITANG_LOG");
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let clock = SystemClock { wall_offset_ms: arguments.wall_offset_s.saturating_mul(1_000) };
    let done = async {
        let key = key::of(&arguments.dir)?;
        let phone = Phone::open(&arguments.dir, key, Box::new(clock))?;
        command::run(&phone, &arguments).await
    };
    match done.await {
        Ok(output) => {
            output.print(arguments.json);
            ExitCode::SUCCESS
        }
        Err(error) => {
            output::print_error(&error, arguments.lang, arguments.json);
            ExitCode::FAILURE
        }
    }
}
