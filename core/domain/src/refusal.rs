//! Why the rules say no: a code and its values, never a sentence. Shells hold the sentences, in each language.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

/// The reasons, one per thing a person can do about it.
///
/// The text form (`not_yours`) is what travels, is stored and is translated; it never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The record the command speaks of is not there. Values: `kind`.
    Missing,
    /// There is already a record with this id. Values: `kind`.
    Exists,
    /// The command does not fit a record of this kind. Values: `kind`.
    WrongKind,
    /// The record lives in another shard than the command says.
    WrongShard,
    /// The actor holds no appointment that allows this. Values: `role`, the role that would.
    NotAllowed,
    /// The record belongs to another person. Values: `kind`.
    NotYours,
    /// Nobody approves what they wrote themselves.
    OwnWork,
    /// The record's state does not allow this action. Values: `state`, `action`.
    WrongState,
    /// A needed text is empty. Values: `field`.
    Empty,
    /// A text or list is longer than allowed. Values: `field`, `limit`.
    TooLong,
    /// A number, time or choice is outside what makes sense. Values: `field`.
    OutOfRange,
    /// Another change came first and this one no longer fits. Values: `field`.
    Conflict,
    /// The same thing was already recorded. Values: `kind`.
    Already,
    /// The org has not turned this on with a stated basis. Values: `switch`.
    SwitchedOff,
    /// Check-in at this activity is not open.
    CheckInClosed,
    /// The code that was scanned is not a check-in code of this activity.
    BadCode,
    /// The org or member has been closed. Values: `kind`.
    Closed,
    /// It is over: the time for this has passed. Values: `field`.
    TooLate,
    /// It has not begun yet. Values: `field`.
    TooEarly,
    /// The member belongs to another org. Values: `kind`.
    NotAMember,
    /// The answer does not have the shape of its question. Values: `question`.
    BadAnswer,
    /// The number of attempts allowed has been used. Values: `limit`.
    NoAttemptsLeft,
    /// The author of the command could not be established.
    Unknown,
    /// The command was written by a newer version than the one that judges it.
    TooNew,
    /// The command cannot be read.
    Unreadable,
}

impl Code {
    /// The text form, as it travels.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Exists => "exists",
            Self::WrongKind => "wrong_kind",
            Self::WrongShard => "wrong_shard",
            Self::NotAllowed => "not_allowed",
            Self::NotYours => "not_yours",
            Self::OwnWork => "own_work",
            Self::WrongState => "wrong_state",
            Self::Empty => "empty",
            Self::TooLong => "too_long",
            Self::OutOfRange => "out_of_range",
            Self::Conflict => "conflict",
            Self::Already => "already",
            Self::SwitchedOff => "switched_off",
            Self::CheckInClosed => "check_in_closed",
            Self::BadCode => "bad_code",
            Self::Closed => "closed",
            Self::TooLate => "too_late",
            Self::TooEarly => "too_early",
            Self::NotAMember => "not_a_member",
            Self::BadAnswer => "bad_answer",
            Self::NoAttemptsLeft => "no_attempts_left",
            Self::Unknown => "unknown",
            Self::TooNew => "too_new",
            Self::Unreadable => "unreadable",
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A refusal: a code and the values a sentence about it needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{code} {values:?}")]
pub struct Refusal {
    /// Which reason.
    pub code: Code,
    /// What the sentence needs, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
}

impl Refusal {
    /// A refusal with no values.
    pub fn new(code: Code) -> Self {
        Self { code, values: BTreeMap::new() }
    }

    /// The same refusal with one more value.
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.values.insert(name.to_owned(), value.to_string());
        self
    }
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_form_is_the_one_that_is_serialised() {
        for code in [Code::Missing, Code::NotAMember, Code::CheckInClosed, Code::NoAttemptsLeft] {
            assert_eq!(serde_json::to_value(code).expect("serialises"), code.as_str());
        }
    }
}
