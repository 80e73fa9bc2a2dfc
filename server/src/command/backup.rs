//! `backup`, `restore` and `verify-log`

use std::path::{Path, PathBuf};

use haitang_domain::Timestamp;
use haitang_server::admin::copy::{self, CopyError};
use haitang_server::admin::verify;
use haitang_server::config::Config;
use haitang_server::http::make_private;

use super::{Failure, open};

/// Makes a copy.
#[derive(clap::Args)]
pub struct Backup {
    /// A new folder. The copy holds the server's keys: keep it as you keep the server
    to: PathBuf,
}

/// Puts a copy back.
#[derive(clap::Args)]
pub struct Restore {
    /// The folder that `backup` made
    from: PathBuf,
}

impl From<CopyError> for Failure {
    fn from(error: CopyError) -> Self {
        Self::Told(error.to_string())
    }
}

async fn away<T: Send + 'static>(work: impl FnOnce() -> Result<T, CopyError> + Send + 'static) -> Result<T, Failure> {
    Ok(tokio::task::spawn_blocking(work).await.map_err(|error| Failure::Told(error.to_string()))??)
}

impl Backup {
    /// Makes it.
    pub async fn run(self, config: Config) -> Result<(), Failure> {
        let app = open(config).await?;
        let to = self.to;
        make_private(&to)?;
        let shown = shown(&to);
        let files = away(move || copy::backup(app.storage().as_ref(), &app.config.data, &to)).await?;
        println!("database and {files} files copied to {shown}");
        Ok(())
    }
}

impl Restore {
    /// Puts it back.
    pub async fn run(self, config: Config) -> Result<(), Failure> {
        let (from, data) = (self.from, config.data);
        make_private(&data)?;
        let shown = shown(&data);
        let now = Timestamp::from_millis(chrono::Utc::now().timestamp_millis());
        away(move || copy::restore(&from, &data, now)).await?;
        println!("restored to {shown}; phones will receive everything anew at their next pull");
        Ok(())
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// Checks the log of every shard and says what was found; a fault in any is a failure.
pub async fn verify_log(config: Config) -> Result<(), Failure> {
    let app = open(config).await?;
    let storage = std::sync::Arc::clone(app.storage());
    let reports = tokio::task::spawn_blocking(move || verify::verify_log(storage.as_ref()));
    let reports = reports.await.map_err(|error| Failure::Told(error.to_string()))??;
    for report in &reports {
        let found = report.fault.as_deref().unwrap_or("whole");
        println!("shard {}  {} entries  version {}  {found}", report.shard, report.entries, report.version);
    }
    match reports.iter().filter(|report| report.fault.is_some()).count() {
        0 => Ok(()),
        faults => Err(Failure::Told(format!("the log of {faults} shards is not whole"))),
    }
}
