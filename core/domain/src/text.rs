//! Limits on what people type. Put a limit on everything, and say which one was met.

use crate::refusal::{Code, Refusal};

/// Names of people, orgs and places, in characters.
pub const NAME_CHARS_MAX: usize = 60;
/// Titles and one-line reasons, in characters.
pub const TITLE_CHARS_MAX: usize = 120;
/// Free text, in characters.
pub const TEXT_CHARS_MAX: usize = 20_000;
/// Entries in a list a person makes (files, fields, findings, attendees).
pub const LIST_MAX: usize = 2_000;

/// `text` is not blank and has at most `max` characters.
pub fn filled(field: &str, text: &str, max: usize) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::new(Code::Empty).with("field", field));
    }
    within(field, text, max)
}

/// `text` has at most `max` characters; it may be empty.
pub fn within(field: &str, text: &str, max: usize) -> Result<(), Refusal> {
    if text.chars().nth(max).is_some() {
        return Err(Refusal::new(Code::TooLong).with("field", field).with("limit", max));
    }
    Ok(())
}

/// `list` has at most `max` entries.
pub fn list<T>(field: &str, list: &[T], max: usize) -> Result<(), Refusal> {
    if list.len() > max {
        return Err(Refusal::new(Code::TooLong).with("field", field).with("limit", max));
    }
    Ok(())
}
