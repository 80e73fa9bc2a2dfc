//! State machines as tables of state × action × who, drawn in the documentation from the table that runs.

use std::fmt::{Debug, Write as _};

use crate::refusal::{Code, Refusal};

/// One allowed step: who may take a record from one state to another by which action.
#[derive(Clone, Copy, Debug)]
pub struct Step<S, A, W> {
    /// The state it starts in; `None` is a record that does not exist yet.
    pub from: Option<S>,
    /// What is done.
    pub action: A,
    /// Who may do it.
    pub who: W,
    /// The state it ends in.
    pub to: S,
}

/// A state machine: every step that is allowed.
pub struct Table<S: 'static, A: 'static, W: 'static>(pub &'static [Step<S, A, W>]);

impl<S: Copy + PartialEq + Debug, A: Copy + PartialEq + Debug, W: Copy + Debug> Table<S, A, W> {
    /// The steps from `from` by `action`; refused as `wrong_state` where there is none.
    pub fn steps(&self, from: Option<S>, action: A) -> Result<impl Iterator<Item = &Step<S, A, W>>, Refusal> {
        let mut found = self.0.iter().filter(move |step| step.from == from && step.action == action).peekable();
        if found.peek().is_none() {
            let state = from.map_or_else(|| "none".to_owned(), |state| snake(&state));
            return Err(Refusal::new(Code::WrongState).with("state", state).with("action", snake(&action)));
        }
        Ok(found)
    }

    /// The state after `action`, if someone for whom `is` holds may take it.
    ///
    /// Refused as `wrong_state` where the table has no such step, and as `not_allowed` where it has, for others.
    pub fn step(&self, from: Option<S>, action: A, is: impl Fn(W) -> bool) -> Result<S, Refusal> {
        let mut wanted = None;
        for step in self.steps(from, action)? {
            if is(step.who) {
                return Ok(step.to);
            }
            wanted.get_or_insert(step.who);
        }
        Err(Refusal::new(Code::NotAllowed).with("role", wanted.map_or_else(String::new, |who| snake(&who))))
    }

    /// The table as Markdown, for the module's documentation.
    pub fn draw(&self) -> String {
        let mut text = String::from("| state | action | who | then |\n|---|---|---|---|\n");
        for step in self.0 {
            let from = step.from.map_or_else(|| "–".to_owned(), |state| snake(&state));
            let _ = writeln!(text, "| {from} | {} | {} | {} |", snake(&step.action), snake(&step.who), snake(&step.to));
        }
        text
    }
}

/// `SubmitLog` as `submit_log`.
pub fn snake(value: &impl Debug) -> String {
    let mut out = String::new();
    for c in format!("{value:?}").chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.extend(c.to_lowercase());
    }
    out
}
