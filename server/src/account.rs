//! Who may ask: devices enrolled by one-time codes, accounts with passwords, and the tokens that both are given.

pub mod access;
pub mod code;
pub mod password;
pub mod token;

use std::sync::Arc;

use ed25519_dalek::{Signature, Verifier, VerifyingKey};
use haitang_domain::activity::code::Certificate;
use haitang_domain::directory::Member;
use haitang_domain::record::Typed;
use haitang_domain::{Id, Key, Kind, Timestamp};
use haitang_protocol::account::{Again, Challenge, Enrol, Enrolled, Token, TokenRequest, challenge_message};
use haitang_protocol::limits::ENROL_CODE_MS;
use haitang_protocol::{Problem, ProblemCode};
use hmac::Mac;

use crate::keys::Keys;
use crate::storage::{Account, Device, EnrolCode, Result as Stored, Storage};
use access::look;
use token::{Claims, Holder, Secrets};

/// Characters of a device's name; what is longer is cut.
const DEVICE_NAME_CHARS_MAX: usize = 100;

/// Devices, accounts, one-time codes and tokens of one server.
pub struct Accounts {
    storage: Arc<dyn Storage>,
    keys: Arc<Keys>,
    secrets: Secrets,
}

fn internal(cause: impl std::fmt::Display) -> Problem {
    tracing::error!(%cause, "internal fault");
    Problem::new(ProblemCode::Internal, "a fault of the server's own")
}

fn unhex<const N: usize>(text: &str, what: &str) -> Result<[u8; N], Problem> {
    let mut bytes = [0; N];
    hex::decode_to_slice(text, &mut bytes)
        .map_err(|_| Problem::new(ProblemCode::BadRequest, format!("{what} must be {} hexadecimal digits", 2 * N)))?;
    Ok(bytes)
}

impl Accounts {
    /// Over the storage, with the server's keys.
    pub fn new(storage: Arc<dyn Storage>, keys: Arc<Keys>) -> Self {
        let secrets = Secrets::new(keys.secrets());
        Self { storage, keys, secrets }
    }

    async fn ask<T: Send + 'static>(&self, ask: impl FnOnce(&dyn Storage) -> Stored<T> + Send + 'static) -> Result<T, Problem> {
        let storage = Arc::clone(&self.storage);
        tokio::task::spawn_blocking(move || ask(storage.as_ref())).await.map_err(internal)?.map_err(Problem::from)
    }

    /// Whether the storage answers at all.
    pub async fn storage_answers(&self) -> bool {
        self.ask(|storage| storage.device(Id::NIL)).await.is_ok()
    }

    /// What `token` says, if it is genuine and has not ended.
    pub fn check_token(&self, token: &str, now: Timestamp) -> Result<Claims, Problem> {
        self.secrets.check(token, now)
    }

    /// Whether the holder of a genuine token still stands.
    pub async fn check_holder(&self, holder: Holder) -> Result<(), Problem> {
        let stands = match holder {
            Holder::Device(id) => self.ask(move |storage| storage.device(id)).await?.map(|device| device.revoked.is_none()),
            Holder::Account(id) => self.ask(move |storage| storage.account(id)).await?.map(|account| !account.closed),
        };
        #[cfg(feature = "planted")]
        let stands = stands.map(|stands| stands || haitang_planted::is(haitang_planted::Bug::ServeRevoked));
        match stands {
            Some(true) => Ok(()),
            Some(false) => Err(Problem::new(ProblemCode::Revoked, "revoked: what it holds must be wiped")),
            None => Err(Problem::new(ProblemCode::Unauthorized, "the token's holder is not known here")),
        }
    }

    /// Makes a one-time code for a phone of `member`; it lasts [`ENROL_CODE_MS`]. `by` is the member who asked for it, if one did.
    pub async fn make_code(&self, member: Id, by: Option<Id>, now: Timestamp) -> Result<(String, Timestamp), Problem> {
        let code = code::new().map_err(internal)?;
        let expires = now.plus_millis(ENROL_CODE_MS);
        let row = EnrolCode { hash: code::hash(&code, &self.keys.code_secret()), member, by, made: now, expires };
        self.ask(move |storage| storage.put_enrol_code(&row)).await?;
        tracing::info!(%member, ?by, "one-time code made");
        Ok((code, expires))
    }

    /// Enrols a new phone with a one-time code, which is then used up.
    pub async fn enrol(&self, enrol: Enrol, now: Timestamp) -> Result<Enrolled, Problem> {
        let public_key: [u8; 32] = unhex(&enrol.public_key, "public_key")?;
        let usable = VerifyingKey::from_bytes(&public_key).is_ok_and(|key| !key.is_weak());
        if !usable {
            return Err(Problem::new(ProblemCode::BadRequest, "public_key is not a usable Ed25519 key"));
        }
        let hash = code::hash(&enrol.code, &self.keys.code_secret());
        let id = code::new_id(now).map_err(internal)?;
        let name: String = enrol.device_name.trim().chars().take(DEVICE_NAME_CHARS_MAX).collect();
        let again = enrol.again.map(|again| self.vouched_for(&again, public_key)).transpose()?;
        if let Some(before) = &again {
            let known = before.device;
            // Whoever is known here needs no second enrolment; and one that was revoked gets none.
            if self.ask(move |storage| storage.device(known)).await?.is_some() {
                return Err(Problem::new(ProblemCode::BadRequest, "this device is enrolled here"));
            }
        }
        let id = again.as_ref().map_or(id, |before| before.device);
        let make = move |member| {
            let device = Device { id, member, public_key, name: name.clone(), enrolled: now, revoked: None };
            again.as_ref().is_none_or(|before| before.member == member).then_some(device)
        };
        // One transaction: of two phones with one code, one gets in.
        let device = self.ask(move |storage| storage.enrol(&hash, now, &make)).await?;
        let device = device.ok_or_else(|| Problem::new(ProblemCode::BadCode, "the code is unknown, used or too old"))?;
        let key = Key::new(Kind::Member, device.member);
        let member = self.ask(move |storage| look(storage, |snapshot| snapshot.record(key))).await?;
        let name = member.and_then(|stored| Member::of(stored.body)).map(|member| member.name).unwrap_or_default();
        tracing::info!(device = %device.id, member = %device.member, "device enrolled");
        let server = self.keys.signing();
        let certificate = Certificate::issue(server, device.id, device.member, public_key);
        Ok(Enrolled {
            device: device.id,
            member: device.member,
            name,
            server_key: hex::encode(server.verifying_key().to_bytes()),
            certificate: hex::encode(certificate.signature),
        })
    }

    /// The certificate of a device, as it was given to one that the server has forgotten since.
    #[cfg(test)]
    pub(crate) fn vouch(&self, device: Id, member: Id, public_key: [u8; 32]) -> String {
        hex::encode(Certificate::issue(self.keys.signing(), device, member, public_key).signature)
    }

    /// What a phone shows of its former enrolment, if this server once gave it.
    fn vouched_for(&self, again: &Again, public_key: [u8; 32]) -> Result<Certificate, Problem> {
        let signature = unhex(&again.certificate, "certificate")?;
        let certificate = Certificate { device: again.device, member: again.member, public_key, signature };
        let genuine = certificate.is_genuine(&self.keys.authority());
        genuine
            .then_some(certificate)
            .ok_or_else(|| Problem::new(ProblemCode::BadRequest, "the certificate was not given by this server"))
    }

    /// Something for a device to sign. It is given to whoever asks: nothing is learned from it and nothing is stored for it.
    pub fn challenge(&self, device: Id, now: Timestamp) -> Result<Challenge, Problem> {
        let mut random = [0; 16];
        getrandom::fill(&mut random).map_err(internal)?;
        Ok(Challenge { challenge: self.secrets.challenge(device, random, now) })
    }

    /// A token for a device that signed its challenge.
    pub async fn token(&self, request: TokenRequest, now: Timestamp) -> Result<Token, Problem> {
        let TokenRequest { device: id, challenge, signature } = request;
        self.secrets.check_challenge(&challenge, id, now)?;
        let signature = Signature::from_bytes(&unhex(&signature, "signature")?);
        let wrong = || Problem::new(ProblemCode::BadSignature, "the challenge is not signed with this device's key");
        // A device nobody knows is answered like a wrong signature: which devices there are is nobody's business.
        let device = self.ask(move |storage| storage.device(id)).await?.ok_or_else(wrong)?;
        let key = VerifyingKey::from_bytes(&device.public_key).map_err(internal)?;
        key.verify(&challenge_message(&challenge), &signature).map_err(|_| wrong())?;
        let revoked = device.revoked.is_some();
        #[cfg(feature = "planted")]
        let revoked = revoked && !haitang_planted::is(haitang_planted::Bug::ServeRevoked);
        if revoked {
            return Err(Problem::new(ProblemCode::Revoked, "revoked: what it holds must be wiped"));
        }
        Ok(self.issue_at(Holder::Device(id), device.member, now))
    }

    /// A token for a person at a desk.
    pub async fn login(&self, name: String, password: String, now: Timestamp) -> Result<Token, Problem> {
        let wrong = || Problem::new(ProblemCode::Unauthorized, "the account or the password is wrong");
        let masked = self.masked(&name);
        if password.len() > password::PASSWORD_BYTES_MAX {
            tracing::warn!(name = masked, "a login with a password that is too long for any");
            return Err(wrong());
        }
        let found = self.ask(move |storage| storage.account_named(&name)).await?;
        let account = found.as_ref().map(|account| account.id);
        let open = found.filter(|account| !account.closed);
        let stored = open.as_ref().map(|account| account.password_hash.clone());
        if !password::is_right(password, stored).await {
            tracing::warn!(name = masked, ?account, "a login with a wrong password, or to no open account");
            return Err(wrong());
        }
        let account = open.ok_or_else(wrong)?;
        tracing::info!(name = masked, account = %account.id, "logged in");
        Ok(self.issue_at(Holder::Account(account.id), account.member, now))
    }

    /// What stands for the name of an account in the log: the same for the same name, and nothing to anybody without the server's
    /// secret, since people type their password in the wrong place.
    fn masked(&self, name: &str) -> String {
        let mut mac = code::hmac(&self.keys.code_secret());
        mac.update(b"haitang account name 1\0");
        mac.update(name.to_lowercase().as_bytes());
        hex::encode(&mac.finalize().into_bytes()[..8])
    }

    /// Says in the log that the guesses at an account were slowed down.
    pub fn tell_slowed(&self, name: &str) {
        tracing::warn!(name = self.masked(name), "too many wrong passwords");
    }

    /// A token for whoever is known to be `holder`, issued at `now`.
    pub fn issue_at(&self, holder: Holder, member: Id, now: Timestamp) -> Token {
        let (token, expires) = self.secrets.issue(holder, member, now);
        Token { token, expires, lasts_ms: expires.since(now) }
    }

    /// Revokes a device: from now on every request of it is answered with `revoked`, and its phone wipes itself. Whether it was there.
    pub async fn revoke(&self, device: Id, now: Timestamp) -> Result<bool, Problem> {
        let done = self.ask(move |storage| storage.revoke_device(device, now)).await?;
        tracing::info!(%device, done, "device revoked");
        Ok(done)
    }

    /// Makes an account for a member, or gives it a new password where it is there. Slow on purpose.
    pub async fn set_password(&self, name: String, member: Option<Id>, password: String, now: Timestamp) -> Result<Id, Problem> {
        let named = name.clone();
        let hash = tokio::task::spawn_blocking(move || password::hash_for(&named, &password)).await.map_err(internal)?;
        let hash = hash.map_err(|error| Problem::new(ProblemCode::BadRequest, error.to_string()))?;
        let id = code::new_id(now).map_err(internal)?;
        let set = self.ask(move |storage| {
            let account = match (storage.account_named(&name)?, member) {
                (Some(there), _) => Account { password_hash: hash, ..there },
                (None, Some(member)) => Account { id, name, member, password_hash: hash, made: now, closed: false },
                (None, None) => return Ok(None),
            };
            storage.put_account(&account)?;
            Ok(Some(account.id))
        });
        let id = set.await?.ok_or_else(|| Problem::new(ProblemCode::NotFound, "there is no such account"))?;
        tracing::info!(account = %id, "password set");
        Ok(id)
    }

    /// Closes an account or opens it again; a closed one's tokens are of no use from its next request on. Whether it was there.
    pub async fn set_closed(&self, name: String, closed: bool) -> Result<bool, Problem> {
        let done = self.ask(move |storage| match storage.account_named(&name)? {
            Some(there) => storage.put_account(&Account { closed, ..there }).map(|()| Some(there.id)),
            None => Ok(None),
        });
        let done = done.await?;
        if let Some(account) = done {
            tracing::info!(%account, closed, "account closed or opened");
        }
        Ok(done.is_some())
    }

    /// Every account.
    pub async fn list(&self) -> Result<Vec<Account>, Problem> {
        self.ask(|storage| storage.accounts()).await
    }
}
