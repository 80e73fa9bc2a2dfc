//! Enrolment, tokens and accounts, as JSON.

use std::fmt;

use haitang_domain::{Id, Timestamp};
use serde::{Deserialize, Serialize};

/// `POST /v1/enrol`: a new phone with a one-time code.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrol {
    /// The one-time code, as it was read or typed. Case, spaces and hyphens do not matter.
    pub code: String,
    /// The device's new Ed25519 public key, in hexadecimal.
    pub public_key: String,
    /// What the person would call the device.
    pub device_name: String,
    /// Who the phone was before its server was set back to a copy that does not know it: it becomes that device again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again: Option<Again>,
}

/// A device that the server once enrolled, by the server's own word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Again {
    /// The device.
    pub device: Id,
    /// Whose it is.
    pub member: Id,
    /// The server's signature over device, member and public key, in hexadecimal.
    pub certificate: String,
}

/// The answer to [`Enrol`]: everything a phone needs to work with no network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolled {
    /// The device's id.
    pub device: Id,
    /// Whose phone it now is.
    pub member: Id,
    /// The member's name.
    pub name: String,
    /// The server's Ed25519 public key, in hexadecimal, with which check-in codes are verified.
    pub server_key: String,
    /// The server's signature over device, member and public key, in hexadecimal.
    pub certificate: String,
}

/// `POST /v1/challenge`: a device asks for something to sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChallengeRequest {
    /// The device.
    pub device: Id,
}

/// The answer to [`ChallengeRequest`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenge {
    /// What to sign, in hexadecimal.
    pub challenge: String,
}

/// `POST /v1/token`: a device proves that it holds its key.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenRequest {
    /// The device.
    pub device: Id,
    /// The challenge that was given.
    pub challenge: String,
    /// The device's signature over [`challenge_message`], in hexadecimal.
    pub signature: String,
}

/// A short-lived token, sent as `Authorization: Bearer`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// The token; opaque to the phone.
    pub token: String,
    /// When it ends, by the server's clock.
    pub expires: Timestamp,
    /// How long it lasts from now, in milliseconds: what a phone with a wrong clock goes by.
    pub lasts_ms: i64,
}

/// `POST /v1/enrolments`: a secretary makes a one-time code for a member's phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewEnrolment {
    /// Whose phone it will be.
    pub member: Id,
}

/// The answer to [`NewEnrolment`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolment {
    /// The code, in groups that can be read aloud.
    pub code: String,
    /// When it ends.
    pub expires: Timestamp,
}

/// Shown without the code: what is shown may end up in a log.
impl fmt::Debug for Enrol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Enrol")
            .field("public_key", &self.public_key)
            .field("device_name", &self.device_name)
            .field("again", &self.again)
            .finish_non_exhaustive()
    }
}

/// Shown without the signature, with which a token is to be had for a minute.
impl fmt::Debug for TokenRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenRequest").field("device", &self.device).finish_non_exhaustive()
    }
}

/// Shown without the token itself.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token").field("expires", &self.expires).field("lasts_ms", &self.lasts_ms).finish_non_exhaustive()
    }
}

/// Shown without the code.
impl fmt::Debug for Enrolment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Enrolment").field("expires", &self.expires).finish_non_exhaustive()
    }
}

/// What a device signs to prove that it holds its key.
pub fn challenge_message(challenge: &str) -> Vec<u8> {
    [b"haitang challenge 1\0".as_slice(), challenge.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_opens_a_door_is_not_shown() {
        let (id, secret) = (Id::from_bytes([1; 16]), || "a secret".to_owned());
        let enrol = Enrol { code: secret(), public_key: "ab".into(), device_name: "a phone".into(), again: None };
        let request = TokenRequest { device: id, challenge: "c".into(), signature: secret() };
        let token = Token { token: secret(), expires: Timestamp::from_millis(1), lasts_ms: 1 };
        let enrolment = Enrolment { code: secret(), expires: Timestamp::from_millis(1) };
        let qr = crate::qr::EnrolCode { server: "https://haitang.example".into(), code: secret() };
        let shown = format!("{enrol:?} {request:?} {token:?} {enrolment:?} {qr:?} {:#?}", Some(&token));
        assert!(!shown.contains("secret"), "{shown}");
        assert!(shown.contains("a phone") && shown.contains("haitang.example"), "{shown}");
    }
}
