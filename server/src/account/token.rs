//! Access tokens and challenges: stateless, made and checked with the server's own HMAC secrets.
//!
//! ```text
//! token      base64url( 1 holder-kind | 16 holder | 16 member | 8 expires | 32 HMAC-SHA-256 )
//! challenge  hex( 16 random | 8 issued | 32 HMAC-SHA-256 over device, random, issued )
//! ```
//!
//! Nothing is stored per token. Who was revoked is looked up at every request, so a token never outlives its device.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use haitang_domain::{Id, Timestamp};
use haitang_protocol::limits::{ACCESS_TOKEN_MS, CHALLENGE_MS};
use haitang_protocol::{Problem, ProblemCode};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use super::code::hmac;

const TOKEN_DOMAIN: &[u8] = b"haitang token 1\0";
const CHALLENGE_DOMAIN: &[u8] = b"haitang challenge 1\0";
const TOKEN_PAYLOAD_BYTES: usize = 1 + 16 + 16 + 8;
const MAC_BYTES: usize = 32;
/// Two server processes' clocks may differ by this much.
const SKEW_MS: i64 = 5_000;

/// Who holds a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Holder {
    /// An enrolled device.
    Device(Id),
    /// An account with a password, at a desk.
    Account(Id),
}

impl Holder {
    /// The device's or the account's id.
    pub fn id(self) -> Id {
        match self {
            Self::Device(id) | Self::Account(id) => id,
        }
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Device(id) => write!(f, "device {id}"),
            Self::Account(id) => write!(f, "account {id}"),
        }
    }
}

/// What a genuine token says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claims {
    /// Who holds it.
    pub holder: Holder,
    /// The member who acts with it.
    pub member: Id,
    /// When it ends.
    pub expires: Timestamp,
}

/// The HMAC secrets, newest first. The newest signs; all are believed, so that a rotation cuts nobody off.
#[derive(Clone)]
pub struct Secrets(Vec<[u8; 32]>);

impl Secrets {
    /// From the secrets, newest first.
    pub fn new(newest_first: Vec<[u8; 32]>) -> Self {
        Self(newest_first)
    }

    fn mac(secret: &[u8; 32], domain: &[u8], message: &[&[u8]]) -> Hmac<Sha256> {
        let mut mac = hmac(secret);
        mac.update(domain);
        for part in message {
            mac.update(part);
        }
        mac
    }

    fn sign(&self, domain: &[u8], message: &[&[u8]]) -> [u8; MAC_BYTES] {
        self.0.first().map_or([0; MAC_BYTES], |secret| Self::mac(secret, domain, message).finalize().into_bytes().into())
    }

    fn is_signed(&self, domain: &[u8], message: &[&[u8]], mac: &[u8]) -> bool {
        self.0.iter().any(|secret| Self::mac(secret, domain, message).verify_slice(mac).is_ok())
    }

    /// Issues a token at `now`; it lasts [`ACCESS_TOKEN_MS`].
    pub fn issue(&self, holder: Holder, member: Id, now: Timestamp) -> (String, Timestamp) {
        let expires = now.plus_millis(ACCESS_TOKEN_MS);
        let mut bytes = Vec::with_capacity(TOKEN_PAYLOAD_BYTES + MAC_BYTES);
        bytes.push(match holder {
            Holder::Device(_) => 1,
            Holder::Account(_) => 2,
        });
        bytes.extend_from_slice(holder.id().bytes());
        bytes.extend_from_slice(member.bytes());
        bytes.extend_from_slice(&expires.millis().to_be_bytes());
        let mac = self.sign(TOKEN_DOMAIN, &[&bytes]);
        bytes.extend_from_slice(&mac);
        (URL_SAFE_NO_PAD.encode(bytes), expires)
    }

    /// What `token` says, if it is genuine and has not ended at `now`.
    pub fn check(&self, token: &str, now: Timestamp) -> Result<Claims, Problem> {
        let unknown = || Problem::new(ProblemCode::Unauthorized, "the token was not issued here");
        let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| unknown())?;
        if bytes.len() != TOKEN_PAYLOAD_BYTES + MAC_BYTES {
            return Err(unknown());
        }
        let (payload, mac) = bytes.split_at(TOKEN_PAYLOAD_BYTES);
        if !self.is_signed(TOKEN_DOMAIN, &[payload], mac) {
            return Err(unknown());
        }
        let id = |at: usize| Id::from_slice(&payload[at..at + 16]).ok_or_else(unknown);
        let holder = if payload[0] == 1 { Holder::Device(id(1)?) } else { Holder::Account(id(1)?) };
        let claims = Claims { holder, member: id(17)?, expires: timestamp(&payload[33..]).ok_or_else(unknown)? };
        if claims.expires <= now {
            return Err(Problem::new(ProblemCode::TokenExpired, "the token has ended"));
        }
        Ok(claims)
    }

    /// Something for `device` to sign.
    pub fn challenge(&self, device: Id, random: [u8; 16], now: Timestamp) -> String {
        let issued = now.millis().to_be_bytes();
        let mac = self.sign(CHALLENGE_DOMAIN, &[device.bytes(), &random, &issued]);
        hex::encode([random.as_slice(), &issued, &mac].concat())
    }

    /// Whether `challenge` was given to `device` and can still be answered at `now`.
    pub fn check_challenge(&self, challenge: &str, device: Id, now: Timestamp) -> Result<(), Problem> {
        let unknown = || Problem::new(ProblemCode::Unauthorized, "the challenge was not given to this device");
        let bytes = hex::decode(challenge).map_err(|_| unknown())?;
        if bytes.len() != 16 + 8 + MAC_BYTES {
            return Err(unknown());
        }
        let (random, issued, mac) = (&bytes[..16], &bytes[16..24], &bytes[24..]);
        if !self.is_signed(CHALLENGE_DOMAIN, &[device.bytes(), random, issued], mac) {
            return Err(unknown());
        }
        let age = now.since(timestamp(issued).ok_or_else(unknown)?);
        if (-SKEW_MS..=CHALLENGE_MS).contains(&age) {
            return Ok(());
        }
        Err(Problem::new(ProblemCode::TokenExpired, "the challenge can no longer be answered; ask for another"))
    }
}

fn timestamp(bytes: &[u8]) -> Option<Timestamp> {
    bytes.try_into().ok().map(|bytes| Timestamp::from_millis(i64::from_be_bytes(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_795_000_000_000);

    fn id(byte: u8) -> Id {
        Id::from_bytes([byte; 16])
    }

    fn code<T: std::fmt::Debug>(result: Result<T, Problem>) -> ProblemCode {
        result.expect_err("is declined").code
    }

    #[test]
    fn a_token_says_who_holds_it_until_it_ends() {
        let secrets = Secrets::new(vec![[1; 32]]);
        for holder in [Holder::Device(id(2)), Holder::Account(id(2))] {
            let (token, expires) = secrets.issue(holder, id(3), NOW);
            let before = expires.plus_millis(-1);
            assert_eq!(secrets.check(&token, before).expect("is genuine"), Claims { holder, member: id(3), expires });
            assert_eq!(code(secrets.check(&token, expires)), ProblemCode::TokenExpired);
        }
    }

    #[test]
    fn a_token_with_any_bit_changed_is_not_believed() {
        let secrets = Secrets::new(vec![[1; 32]]);
        let (token, _) = secrets.issue(Holder::Device(id(2)), id(3), NOW);
        let bytes = URL_SAFE_NO_PAD.decode(&token).expect("decodes");
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert_eq!(code(secrets.check(&URL_SAFE_NO_PAD.encode(changed), NOW)), ProblemCode::Unauthorized, "byte {at}");
        }
        for other in ["", "x", &token[..token.len() - 1], "…"] {
            assert_eq!(code(secrets.check(other, NOW)), ProblemCode::Unauthorized, "{other}");
        }
    }

    #[test]
    fn a_rotation_cuts_nobody_off_until_the_old_secret_goes() {
        let old = Secrets::new(vec![[1; 32]]);
        let (token, _) = old.issue(Holder::Device(id(2)), id(3), NOW);
        assert!(Secrets::new(vec![[9; 32], [1; 32]]).check(&token, NOW).is_ok());
        assert_eq!(code(Secrets::new(vec![[9; 32]]).check(&token, NOW)), ProblemCode::Unauthorized);
    }

    #[test]
    fn a_challenge_is_for_one_device_and_one_minute() {
        let secrets = Secrets::new(vec![[1; 32]]);
        let challenge = secrets.challenge(id(2), [7; 16], NOW);
        assert!(secrets.check_challenge(&challenge, id(2), NOW.plus_millis(CHALLENGE_MS)).is_ok());
        let late = NOW.plus_millis(CHALLENGE_MS + 1);
        assert_eq!(code(secrets.check_challenge(&challenge, id(2), late)), ProblemCode::TokenExpired);
        assert_eq!(code(secrets.check_challenge(&challenge, id(4), NOW)), ProblemCode::Unauthorized);
        // A token's bytes are no challenge: each has a domain of its own.
        let (token, _) = secrets.issue(Holder::Device(id(2)), id(3), NOW);
        assert_eq!(code(secrets.check_challenge(&token, id(2), NOW)), ProblemCode::Unauthorized);
    }
}
