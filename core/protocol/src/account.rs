//! Enrolment, tokens and accounts, as JSON.

use haitang_domain::{Id, Timestamp};
use serde::{Deserialize, Serialize};

/// `POST /v1/enrol`: a new phone with a one-time code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrol {
    /// The one-time code, as it was read or typed. Case, spaces and hyphens do not matter.
    pub code: String,
    /// The device's new Ed25519 public key, in hexadecimal.
    pub public_key: String,
    /// What the person would call the device.
    pub device_name: String,
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenRequest {
    /// The device.
    pub device: Id,
    /// The challenge that was given.
    pub challenge: String,
    /// The device's signature over [`challenge_message`], in hexadecimal.
    pub signature: String,
}

/// A short-lived token, sent as `Authorization: Bearer`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolment {
    /// The code, in groups that can be read aloud.
    pub code: String,
    /// When it ends.
    pub expires: Timestamp,
}

/// What a device signs to prove that it holds its key.
pub fn challenge_message(challenge: &str) -> Vec<u8> {
    [b"haitang challenge 1\0".as_slice(), challenge.as_bytes()].concat()
}
