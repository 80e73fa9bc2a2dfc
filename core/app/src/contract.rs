//! Reading and writing again what travels, so that every shell can hold the library it was built with against the golden files:
//! another processor, another compiler, the same bytes.

use haitang_domain::activity::code::HostCode;
use haitang_domain::{Body, Kind};
use haitang_protocol::account::{Challenge, ChallengeRequest, Enrol, Enrolled, Enrolment, NewEnrolment, Token, TokenRequest};
use haitang_protocol::frame::{self, FrameKind};
use haitang_protocol::pull::{End, Head, Page, Pull};
use haitang_protocol::push::{Push, PushAnswer};
use haitang_protocol::qr::EnrolCode;
use haitang_protocol::{Envelope, Problem};
use minicbor::{Decode, Encode};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::error::AppError;

/// What was read, and the same written again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reread {
    /// As it came; of a frame, what is packed inside.
    pub read: Vec<u8>,
    /// As this library writes it.
    pub written: Vec<u8>,
}

/// Reads `bytes` as the golden file of this `name`, its folder included and without its ending, such as `bodies/task` or `push`,
/// and writes them again. Bad input where they are none, or where no golden file of this name can be read and written.
pub fn reread(name: &str, bytes: &[u8]) -> Result<Reread, AppError> {
    match name.split_once('/') {
        Some(("bodies", rest)) => {
            let kind = rest.rsplit('/').next().unwrap_or(rest);
            let kind = Kind::from_name(kind).ok_or_else(|| bad(name, "no such kind"))?;
            Ok(plain(bytes, Body::parse(kind, bytes).map_err(|error| bad(name, error))?.to_json()))
        }
        Some(("problems", _)) => json::<Told>(name, bytes),
        Some(("json", rest)) => account(name, rest, bytes),
        _ => travelling(name, bytes),
    }
}

/// A problem as its golden file keeps it, beside the HTTP status that it is sent with.
#[derive(Serialize, Deserialize)]
struct Told {
    status: u16,
    #[serde(flatten)]
    problem: Problem,
}

fn account(name: &str, rest: &str, bytes: &[u8]) -> Result<Reread, AppError> {
    match rest {
        "enrol" | "enrol_again" => json::<Enrol>(name, bytes),
        "enrolled" => json::<Enrolled>(name, bytes),
        "challenge_request" => json::<ChallengeRequest>(name, bytes),
        "challenge" => json::<Challenge>(name, bytes),
        "token_request" => json::<TokenRequest>(name, bytes),
        "token" => json::<Token>(name, bytes),
        "new_enrolment" => json::<NewEnrolment>(name, bytes),
        "enrolment" => json::<Enrolment>(name, bytes),
        _ => Err(bad(name, "no such file")),
    }
}

fn travelling(name: &str, bytes: &[u8]) -> Result<Reread, AppError> {
    match name {
        "envelope" | "envelope_first" => Ok(plain(bytes, Envelope::parse(bytes).map_err(|error| bad(name, error))?.to_vec())),
        "check_in_code" => {
            Ok(plain(bytes, HostCode::parse(text(name, bytes)?).ok_or_else(|| bad(name, "no code"))?.to_text().into()))
        }
        "enrol_code" => {
            Ok(plain(bytes, EnrolCode::parse(text(name, bytes)?).ok_or_else(|| bad(name, "no code"))?.to_text().into()))
        }
        _ => framed(name, bytes),
    }
}

fn framed(name: &str, bytes: &[u8]) -> Result<Reread, AppError> {
    let frame = frame::only(bytes).map_err(|error| bad(name, error))?;
    let payload = frame.payload();
    match frame.kind {
        FrameKind::Push => cbor::<Push>(name, payload),
        FrameKind::PushAnswer => cbor::<PushAnswer>(name, payload),
        FrameKind::Pull => cbor::<Pull>(name, payload),
        FrameKind::Head => cbor::<Head>(name, payload),
        FrameKind::Page => cbor::<Page<'_>>(name, payload),
        FrameKind::End => cbor::<End>(name, payload),
    }
}

fn cbor<'a, T: Decode<'a, ()> + Encode<()>>(name: &str, payload: &'a [u8]) -> Result<Reread, AppError> {
    let read: T = minicbor::decode(payload).map_err(|error| bad(name, error))?;
    Ok(plain(payload, minicbor::to_vec(&read).map_err(|error| bad(name, error))?))
}

fn json<T: Serialize + DeserializeOwned>(name: &str, bytes: &[u8]) -> Result<Reread, AppError> {
    let read: T = serde_json::from_slice(bytes).map_err(|error| bad(name, error))?;
    Ok(plain(bytes, serde_json::to_vec(&read).map_err(|error| bad(name, error))?))
}

fn plain(read: &[u8], written: Vec<u8>) -> Reread {
    Reread { read: read.to_vec(), written }
}

fn text<'a>(name: &str, bytes: &'a [u8]) -> Result<&'a str, AppError> {
    std::str::from_utf8(bytes).map_err(|error| bad(name, error))
}

fn bad(name: &str, error: impl std::fmt::Display) -> AppError {
    AppError::BadInput(format!("{name}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_written_again() {
        let json = br#"{"name":"\u5e73\u6c5f"}"#;
        assert!(matches!(reread("bodies/grid", json), Err(AppError::BadInput(_))), "half a grid is none");
        assert!(matches!(reread("bodies/no_such_kind", b"{}"), Err(AppError::BadInput(_))));
        assert!(matches!(reread("push", b"HT"), Err(AppError::BadInput(_))));
        let problem = br#"{"status":409,"code":"gap","detail":"one is missing"}"#;
        let reread = reread("problems/gap", problem).expect("reads");
        assert_eq!(reread.read, reread.written);
    }
}
