//! The server's program: serving, and what an operator does beside it.

mod command;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use haitang_server::config::{Config, LogFormat, Settings};
use tracing_subscriber::EnvFilter;

use command::{Failure, account, backup, describe, enrol_code, ledger, revoke, serve};

/// The server of Haitang. With no configuration it keeps everything in ./haitang-data and listens on 127.0.0.1:8470.
///
/// Every setting can be given as a flag, as a variable of the environment, or in a TOML file under the flag's name with
/// underscores. A flag stands over a variable, a variable over the file, the file over the default.
#[derive(Parser)]
#[command(name = "haitang-server", version, args_conflicts_with_subcommands = false)]
struct Line {
    /// TOML file with settings; a key that means nothing is an error
    #[arg(long, env = "HAITANG_CONFIG", global = true)]
    config: Option<PathBuf>,
    #[command(flatten, next_help_heading = "Settings")]
    settings: Settings,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serves until SIGTERM or SIGINT (what happens with no command)
    Serve,
    /// Writes a whole, consistent copy of database, keys and files to a new folder, while the server runs
    Backup(backup::Backup),
    /// Puts a copy made by `backup` into an empty data folder
    Restore(backup::Restore),
    /// Checks the hash chain of the command log of every shard
    VerifyLog,
    /// Accounts with passwords, for people at a desk
    #[command(subcommand)]
    Account(account::Account),
    /// Makes a one-time code with which a member's phone is enrolled
    EnrolCode(enrol_code::EnrolCode),
    /// Revokes a device: it is shut out at once and wipes itself
    Revoke(revoke::Revoke),
    /// Makes a new secret for access tokens; phones notice nothing
    RotateSecret,
    /// Prints the ledger of an org
    Ledger(ledger::Ledger),
    /// Prints the `OpenAPI` description of the interface
    Openapi,
}

fn log(config: &Config) {
    let filter = EnvFilter::try_new(&config.log).unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match config.log_format {
        LogFormat::Text => log.with_target(false).init(),
        LogFormat::Json => log.json().flatten_event(true).init(),
    }
}

async fn run(line: Line) -> Result<(), Failure> {
    let config = line.settings.into_config(line.config.as_deref())?;
    log(&config);
    match line.command.unwrap_or(Command::Serve) {
        Command::Serve => serve::run(config).await,
        Command::Backup(wanted) => wanted.run(config).await,
        Command::Restore(wanted) => wanted.run(config).await,
        Command::VerifyLog => backup::verify_log(config).await,
        Command::Account(wanted) => wanted.run(config).await,
        Command::EnrolCode(wanted) => wanted.run(config).await,
        Command::Revoke(wanted) => wanted.run(config).await,
        Command::RotateSecret => revoke::rotate_secret(config).await,
        Command::Ledger(wanted) => wanted.run(config).await,
        Command::Openapi => describe::run(),
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Line::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("haitang-server: {failure}");
            ExitCode::FAILURE
        }
    }
}
