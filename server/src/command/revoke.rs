//! `revoke`

use haitang_domain::Id;
use haitang_server::config::Config;

use super::{Failure, open};

/// Shuts a device out.
#[derive(clap::Args)]
pub struct Revoke {
    /// The device's id
    device: Id,
}

impl Revoke {
    /// Revokes it.
    pub async fn run(self, config: Config) -> Result<(), Failure> {
        let app = open(config).await?;
        if !app.accounts.revoke(self.device, app.now()).await? {
            return Err(Failure::Told("there is no such device".into()));
        }
        println!("{} revoked", self.device);
        Ok(())
    }
}
