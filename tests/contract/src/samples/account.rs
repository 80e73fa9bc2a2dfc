//! What the account routes take and give, and the texts inside QR codes.

use ed25519_dalek::Signer;
use haitang_domain::Timestamp;
use haitang_domain::activity::code::Certificate;
use haitang_protocol::account::{
    Again, Challenge, ChallengeRequest, Enrol, Enrolled, Enrolment, NewEnrolment, Token, TokenRequest, challenge_message,
};
use haitang_protocol::qr::EnrolCode;

use super::{device_key, id, server_key};

const EXPIRES: Timestamp = Timestamp::from_millis(1_795_000_900_000);

fn code() -> String {
    "7K3M9-QXRTA".into()
}

fn challenge_text() -> String {
    "5c".repeat(56)
}

/// A new phone with its code.
pub fn enrol() -> Enrol {
    let public_key = hex::encode(device_key().verifying_key().to_bytes());
    Enrol { code: code(), public_key, device_name: "单晓的手机".into(), again: None }
}

/// The same phone once more, with a new code, before a server that was set back to before it was enrolled.
pub fn enrol_again() -> Enrol {
    let Enrolled { device, member, certificate, .. } = enrolled();
    Enrol { again: Some(Again { device, member, certificate }), ..enrol() }
}

/// What it is given.
pub fn enrolled() -> Enrolled {
    let public = device_key().verifying_key().to_bytes();
    Enrolled {
        device: id(1),
        member: id(4),
        name: "单晓".into(),
        server_key: hex::encode(server_key().verifying_key().to_bytes()),
        certificate: hex::encode(Certificate::issue(&server_key(), id(1), id(4), public).signature),
    }
}

/// A device that wants a token.
pub fn challenge_request() -> ChallengeRequest {
    ChallengeRequest { device: id(1) }
}

/// What it is to sign.
pub fn challenge() -> Challenge {
    Challenge { challenge: challenge_text() }
}

/// The challenge, signed.
pub fn token_request() -> TokenRequest {
    let signature = hex::encode(device_key().sign(&challenge_message(&challenge_text())).to_bytes());
    TokenRequest { device: id(1), challenge: challenge_text(), signature }
}

/// The token.
pub fn token() -> Token {
    Token { token: "A".repeat(98), expires: EXPIRES, lasts_ms: 900_000 }
}

/// A secretary who wants a code for a member's phone.
pub fn new_enrolment() -> NewEnrolment {
    NewEnrolment { member: id(4) }
}

/// The code.
pub fn enrolment() -> Enrolment {
    Enrolment { code: code(), expires: EXPIRES }
}

/// The text inside the QR code that holds it.
pub fn enrol_code() -> EnrolCode {
    EnrolCode { server: "https://haitang.example".into(), code: code() }
}
