//! The server's own keys: made at its first start, kept in the storage, and with it in every backup.

use ed25519_dalek::SigningKey;
use haitang_domain::evidence::TimeToken;
use haitang_domain::{Id, Timestamp};
use haitang_protocol::push::ServerTime;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::storage::{Result, Storage, StorageError};

const TOKENS: &str = "token_secret";
const TIME_DOMAIN: &[u8] = b"haitang time 1\0";

/// The signing key and the HMAC secrets.
pub struct Keys {
    signing: SigningKey,
    /// Newest first: the newest signs, both are believed.
    tokens: Vec<[u8; 32]>,
    code: [u8; 32],
    time: [u8; 32],
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keys").field("public", &self.authority()).finish_non_exhaustive()
    }
}

fn random() -> Result<[u8; 32]> {
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(|error| StorageError::Fault(error.to_string()))?;
    Ok(random)
}

/// The secrets of tokens, newest first: 32 bytes each.
fn kept_tokens(storage: &dyn Storage) -> Result<Vec<[u8; 32]>> {
    let made = random()?;
    let value = storage.secret(TOKENS, &|| made.to_vec())?;
    let (secrets, rest) = value.as_chunks::<32>();
    if secrets.is_empty() || !rest.is_empty() {
        return Err(StorageError::Damaged("the secrets of tokens".into()));
    }
    Ok(secrets.to_vec())
}

fn kept(storage: &dyn Storage, name: &str) -> Result<[u8; 32]> {
    let made = random()?;
    let value = storage.secret(name, &|| made.to_vec())?;
    value.try_into().map_err(|_| StorageError::Damaged(format!("the secret {name} has not 32 bytes")))
}

impl Keys {
    /// The keys kept in `storage`, made where there are none.
    pub fn load(storage: &dyn Storage) -> Result<Self> {
        Ok(Self {
            signing: SigningKey::from_bytes(&kept(storage, "signing_key")?),
            tokens: kept_tokens(storage)?,
            code: kept(storage, "code_secret")?,
            time: kept(storage, "time_secret")?,
        })
    }

    /// The Ed25519 key with which the server vouches for devices.
    pub fn signing(&self) -> &SigningKey {
        &self.signing
    }

    /// Its public half, which phones verify check-in codes with.
    pub fn authority(&self) -> [u8; 32] {
        self.signing.verifying_key().to_bytes()
    }

    /// The secrets of access tokens and challenges, newest first.
    pub fn secrets(&self) -> Vec<[u8; 32]> {
        self.tokens.clone()
    }

    /// Puts a new secret of tokens before the one there is, and drops the one before that. A server takes it up at its next start;
    /// tokens under the older secret live on until they end or until another rotation.
    pub fn rotate_tokens(storage: &dyn Storage) -> Result<()> {
        let older = kept_tokens(storage)?[0];
        storage.set_secret(TOKENS, &[random()?, older].concat())
    }

    /// The secret over which one-time codes are hashed.
    pub fn code_secret(&self) -> [u8; 32] {
        self.code
    }

    fn time_mac(&self, device: Id, issued: Timestamp) -> [u8; 32] {
        // HMAC fills a short key up to a block with zeros; done here, it needs no error that could not occur.
        let mut block = [0; 64];
        block[..32].copy_from_slice(&self.time);
        let mut mac = Hmac::<Sha256>::new(&block.into());
        mac.update(TIME_DOMAIN);
        mac.update(device.bytes());
        mac.update(&issued.millis().to_be_bytes());
        mac.finalize().into_bytes().into()
    }

    /// The server's word that its clock showed `issued`, for one device.
    pub fn issue_time(&self, device: Id, issued: Timestamp) -> ServerTime {
        ServerTime { issued, mac: self.time_mac(device, issued) }
    }

    /// Whether the server itself issued this token to the device.
    pub fn is_own_time(&self, device: Id, token: &TimeToken) -> bool {
        self.time_mac(device, token.issued).ct_eq(&token.mac).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::SqliteStorage;

    #[test]
    fn keys_outlive_a_restart_and_a_word_on_the_time_is_for_one_device() {
        let folder = tempfile::tempdir().expect("a folder");
        let load = || Keys::load(&SqliteStorage::open(&folder.path().join("haitang.db")).expect("opens")).expect("loads");
        let (first, second) = (load(), load());
        assert_eq!(
            (first.authority(), first.secrets(), first.code_secret()),
            (second.authority(), second.secrets(), second.code_secret())
        );
        let (device, now) = (Id::from_bytes([1; 16]), Timestamp::from_millis(7));
        let token = TimeToken { issued: now, boot: Id::NIL, mono_ms: 0, mac: first.issue_time(device, now).mac };
        assert!(second.is_own_time(device, &token));
        assert!(!second.is_own_time(Id::from_bytes([2; 16]), &token), "another device's");
        assert!(!second.is_own_time(device, &TimeToken { issued: Timestamp::from_millis(8), ..token }), "another time");
    }

    #[test]
    fn a_rotation_keeps_the_older_secret_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let storage = SqliteStorage::open(&folder.path().join("haitang.db")).expect("opens");
        let secrets = || Keys::load(&storage).expect("loads").secrets();
        let first = secrets()[0];
        Keys::rotate_tokens(&storage).expect("rotates");
        let second = secrets();
        assert_eq!((second.len(), second[1]), (2, first));
        Keys::rotate_tokens(&storage).expect("rotates");
        assert_eq!(secrets()[1], second[0]);
        assert!(!secrets().contains(&first));
    }
}
