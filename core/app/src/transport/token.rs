//! Access tokens: short, and won by signing a challenge with the device's key.

use ed25519_dalek::{Signer, SigningKey};
use haitang_domain::Id;
use haitang_protocol::account::{Challenge, ChallengeRequest, Token, TokenRequest, challenge_message};

use super::Transport;
use crate::error::AppError;

/// A token and when it ends by this phone's monotonic clock.
pub(crate) struct Held {
    pub(super) token: String,
    ends_mono_ms: u64,
}

/// A token is renewed this long before it ends.
const EARLY_MS: u64 = 60_000;

impl Transport {
    /// Gets a new token for `device`.
    pub(crate) async fn fetch_token(&self, device: Id, key: &SigningKey, mono_ms: u64) -> Result<(), AppError> {
        let Challenge { challenge } = self.ask("/v1/challenge", &ChallengeRequest { device }).await?;
        let signature = hex::encode(key.sign(&challenge_message(&challenge)).to_bytes());
        let token: Token = self.ask("/v1/token", &TokenRequest { device, challenge, signature }).await?;
        let lasts_ms = u64::try_from(token.lasts_ms).unwrap_or(0);
        *self.token.lock().await = Some(Held { token: token.token, ends_mono_ms: mono_ms + lasts_ms });
        Ok(())
    }

    /// Whether there is a token that will last a while yet.
    pub(crate) async fn has_token(&self, mono_ms: u64) -> bool {
        self.token.lock().await.as_ref().is_some_and(|held| mono_ms + EARLY_MS < held.ends_mono_ms)
    }
}
