//! `revoke` and `rotate-secret`

use haitang_domain::Id;
use haitang_server::config::Config;
use haitang_server::keys::Keys;

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

/// Makes a new secret for tokens.
pub async fn rotate_secret(config: Config) -> Result<(), Failure> {
    let app = open(config).await?;
    Keys::rotate_tokens(app.storage().as_ref())?;
    println!("a new secret is made; restart the server to use it, and rotate twice to end every token there is");
    Ok(())
}
