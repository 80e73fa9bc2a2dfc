//! Every name that a shell needs a text for.

use haitang_app::names as app;

/// Every code that an error, a refusal, a problem or the reason of a command or file that is stuck can carry, in the order of the alphabet.
#[uniffi::export]
pub fn error_codes() -> Vec<String> {
    app::error_codes()
}

/// Every name of what a person does, such as `activity.submit_log`: whatever `UnsentItem.command` can be.
#[uniffi::export]
pub fn command_names() -> Vec<String> {
    app::command_names()
}

/// Every kind of record, such as `notice`.
#[uniffi::export]
pub fn kind_names() -> Vec<String> {
    app::kind_names()
}
