//! Why a request as a whole failed: a code, a clear text, and the values that go with it (RFC 9457, `application/problem+json`).
//!
//! A command that the rules refuse is not a problem: it has its own answer, and the others go on.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The codes. The text form is what travels; it never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// The body is not a frame, is cut off, or is damaged.
    BadFrame,
    /// The frame is of a version the server does not speak. Values: `theirs`, `oldest`, `newest`.
    WrongVersion,
    /// More than the limits allow. Values: `limit`.
    TooLarge,
    /// The JSON or the parameters cannot be read.
    BadRequest,
    /// No token, or one that nobody here issued.
    Unauthorized,
    /// The token was genuine and is too old: get another.
    TokenExpired,
    /// The device was revoked: its data must be wiped.
    Revoked,
    /// The token belongs to another device than the request speaks of.
    NotYourDevice,
    /// The one-time code is unknown, used or too old.
    BadCode,
    /// The signature does not fit.
    BadSignature,
    /// Commands are missing before these. Values: `seq`, `hash`: what the server has last.
    Gap,
    /// The server has other commands under these numbers: the phone was restored from an old copy. Values: `seq`, `hash`.
    Diverged,
    /// The server was set back to an older copy of itself since: pull first, and send again what it does not know.
    EpochChanged,
    /// There is no such shard.
    NoSuchShard,
    /// Not for this member.
    Forbidden,
    /// There is no such thing, or it is not for this member.
    NotFound,
    /// The bytes do not have the hash they were announced with.
    HashMismatch,
    /// The upload does not stand where the request says. Values: `offset`.
    WrongOffset,
    /// Too many requests; try again later. Values: `after_s`.
    RateLimited,
    /// The server's disk is full; nothing was taken in.
    StorageFull,
    /// The server is stopping or overloaded; try again.
    Unavailable,
    /// A fault of the server's own. Values: `request`, to look up in its log.
    Internal,
}

impl ProblemCode {
    /// The text form, as it travels.
    pub fn as_str(self) -> String {
        serde_json::to_value(self).ok().and_then(|value| value.as_str().map(ToOwned::to_owned)).unwrap_or_default()
    }

    /// The HTTP status it is sent with.
    pub fn status(self) -> u16 {
        match self {
            Self::BadFrame | Self::BadRequest | Self::BadCode => 400,
            Self::Unauthorized | Self::TokenExpired => 401,
            Self::Revoked | Self::NotYourDevice | Self::BadSignature | Self::Forbidden => 403,
            Self::NotFound | Self::NoSuchShard => 404,
            Self::Gap | Self::Diverged | Self::EpochChanged | Self::WrongOffset => 409,
            Self::TooLarge => 413,
            Self::WrongVersion => 426,
            Self::RateLimited => 429,
            Self::HashMismatch => 460,
            Self::Internal => 500,
            Self::Unavailable => 503,
            Self::StorageFull => 507,
        }
    }
}

/// Why a request failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{detail} ({})", .code.as_str())]
pub struct Problem {
    /// Which.
    pub code: ProblemCode,
    /// A sentence for a programmer or an operator; shells translate `code`.
    pub detail: String,
    /// What goes with the code.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
}

impl Problem {
    /// A problem with a text.
    pub fn new(code: ProblemCode, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), values: BTreeMap::new() }
    }

    /// The same with one more value.
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.values.insert(name.to_owned(), value.to_string());
        self
    }
}
