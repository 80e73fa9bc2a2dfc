//! Whether something may be done: the rules are asked, and nothing is done.

use haitang_domain::{Action, Code, Command, Id, Key, Kind, Refusal};

use crate::clock;
use crate::error::AppError;
use crate::phone::Phone;

/// What stands for a text that a person will still write.
pub(crate) const SOME_TEXT: &str = "-";

impl Phone {
    /// Whether this phone's holder may do `action` now, as far as the phone can tell. Nothing is done.
    pub fn may(&self, kind: Kind, id: Id, action: Action) -> Result<bool, AppError> {
        Ok(self.refusal(kind, id, action)?.is_none())
    }

    /// Why not, where the holder may not.
    pub(crate) fn refusal(&self, kind: Kind, id: Id, action: Action) -> Result<Option<Refusal>, AppError> {
        let [refusal] = self.refusals(kind, id, [action])?;
        Ok(refusal)
    }

    /// The same of several actions on one record, in one look.
    pub(crate) fn may_each<const N: usize>(&self, kind: Kind, id: Id, actions: [Action; N]) -> Result<[bool; N], AppError> {
        Ok(self.refusals(kind, id, actions)?.map(|refusal| refusal.is_none()))
    }

    pub(crate) fn refusals<const N: usize>(
        &self,
        kind: Kind,
        id: Id,
        actions: [Action; N],
    ) -> Result<[Option<Refusal>; N], AppError> {
        let commands = actions.map(|action| Command { target: Key::new(kind, id), action });
        let refusals = self.store().judge(&commands, clock::made(&self.times()))?;
        refusals.try_into().map_err(|_| AppError::Internal("as many answers as questions".into()))
    }
}

/// Whether a refusal speaks of what a person wrote, and not of who they are or where the record stands.
pub(crate) fn is_mendable(refusal: &Refusal) -> bool {
    matches!(refusal.code, Code::Empty | Code::TooLong | Code::TooEarly | Code::OutOfRange)
}

#[cfg(test)]
mod tests;
