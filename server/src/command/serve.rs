//! `serve`

use haitang_server::config::Config;
use haitang_server::http::Server;

use super::Failure;

/// Serves until it is told to stop.
pub async fn run(config: Config) -> Result<(), Failure> {
    let running = Server::start(config).await?;
    // For scripts that wait for it: one line on the standard output once it answers.
    println!("listening on {}", running.url());
    Ok(running.until_told().await?)
}
