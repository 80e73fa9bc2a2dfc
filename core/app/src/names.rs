//! Every name that a shell needs a text for, from the choices themselves: a test in each shell holds its texts against these.

use std::collections::BTreeSet;

use haitang_domain::names::variants;
use haitang_domain::{Action, Code, Kind};
use haitang_protocol::ProblemCode;

use crate::error::AppError;

/// Every code that an error, a refusal, a problem or the reason of a command or file that is stuck can carry, in the order of the alphabet.
pub fn error_codes() -> Vec<String> {
    let all = variants::<Code>().iter().chain(variants::<ProblemCode>()).chain(AppError::CODES);
    all.map(|code| (*code).to_owned()).collect::<BTreeSet<_>>().into_iter().collect()
}

/// Every name of what a person does, such as `activity.submit_log`: whatever [`crate::outbox::UnsentItem::command`] can be.
pub fn command_names() -> Vec<String> {
    Action::names()
}

/// Every kind of record, such as `notice`.
pub fn kind_names() -> Vec<String> {
    Kind::ALL.iter().map(|kind| kind.name().to_owned()).collect()
}
