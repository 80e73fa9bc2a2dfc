//! What a phone does by itself, because nobody would think of tapping for it: carrying on what repeats, and having contests marked.
//!
//! All of it are commands like any other, in the member's own name and within what the member may do. What is refused is left:
//! somebody else's phone, or a later day, will do it. Nobody entered anything, so nobody is shown such a refusal either.

use std::sync::PoisonError;

use haitang_domain::calendar::Calendar;
use haitang_domain::directory::{Org, Role};
use haitang_domain::quiz::{AnswerKey, Attempt};
use haitang_domain::task::{Routine, RoutineState};
use haitang_domain::{Id, Zone};

use crate::error::AppError;
use crate::phone::Phone;

/// As many routines of a grid, and as many papers, as are looked through.
const MANY: u32 = 1_000;

impl Phone {
    /// Does what there is to do. Returns whether there was anything.
    pub(crate) fn keep_up(&self) -> Result<bool, AppError> {
        for refused in self.store().refused(0, MANY)? {
            #[cfg(feature = "planted")]
            if haitang_planted::is(haitang_planted::Bug::ClearRefused) {
                self.store().discard_refused(refused.seq)?;
                continue;
            }
            if ["task.extend_routine", "quiz.mark", "directory.note_look"].contains(&refused.action.as_str()) {
                self.store().discard_refused(refused.seq)?;
                self.changed();
            }
        }
        let carried_on = self.carry_on_routines()? | self.carry_on_merges()?;
        Ok(self.mark_contests()? || carried_on)
    }

    /// Makes the occurrences of the member's grids through tomorrow into tasks, where neither they nor a colleague's phone have
    /// yet. Works with no network: two phones that make the same one make the same task.
    pub(crate) fn carry_on_routines(&self) -> Result<bool, AppError> {
        let today = Zone::CHINA.date(self.now());
        let tomorrow = today.succ_opt().unwrap_or_default();
        // Screens ask for this again and again; only a new day or a change gives it something to do.
        let seen = (today, *self.inner.changes.borrow());
        if *self.inner.carried_on.lock().unwrap_or_else(PoisonError::into_inner) == Some(seen) {
            return Ok(false);
        }
        let mut done = false;
        for grid in self.grid_ids()? {
            for found in self.store().routines(&[grid], None, MANY)? {
                let stands = |routine: &Routine| {
                    routine.state == RoutineState::Running
                        && routine.next(routine.planned, Calendar::china()).is_some_and(|next| next.date <= tomorrow)
                };
                if stands(&found.body) && self.is_first_try(found.id) {
                    done |= tried(self.extend_routine(found.id, tomorrow))?;
                }
            }
        }
        *self.inner.carried_on.lock().unwrap_or_else(PoisonError::into_inner) = Some(seen);
        Ok(done)
    }

    /// Moves the members of an org of which the member is a keeper, and whose place another took, to that one. Whoever merged the two
    /// may not have known them all.
    fn carry_on_merges(&self) -> Result<bool, AppError> {
        let mut done = false;
        for held in self.my_appointments()? {
            let org = held.body.org;
            let keeps = [Role::Secretary, Role::Admin].contains(&held.body.role);
            let Some(into) = self.store().read::<Org>(org)?.and_then(|org| org.merged_into).filter(|_| keeps) else { continue };
            if !self.store().members(org, None, 1)?.is_empty() && self.is_first_try(org) {
                done |= tried(self.merge_org(org, into))?;
            }
        }
        Ok(done)
    }

    /// Has the member's contests marked whose answers have come.
    fn mark_contests(&self) -> Result<bool, AppError> {
        let me = self.me()?;
        let mut done = false;
        for line in self.store().papers(me, self.now(), MANY)? {
            let Some(last) = line.attempt else { continue };
            let key = self.store().read::<AnswerKey>(AnswerKey::id(line.paper.id))?;
            if !key.is_some_and(|key| key.released) {
                continue;
            }
            for number in 1..=last.body.number {
                let id = Attempt::id(line.paper.id, me, number);
                let sealed = |attempt: &Attempt| attempt.sealed && attempt.finished.is_some();
                if self.store().read::<Attempt>(id)?.as_ref().is_some_and(sealed) && self.is_first_try(id) {
                    done |= tried(self.mark_attempt(id).map(|_| id))?;
                }
            }
        }
        Ok(done)
    }

    /// Whether a record is kept up for the first time on this day: what the server refused is not tried again and again.
    fn is_first_try(&self, id: Id) -> bool {
        let today = Zone::CHINA.date(self.now());
        self.inner.kept_up.lock().unwrap_or_else(PoisonError::into_inner).insert(id, today) != Some(today)
    }
}

/// A refusal is no fault here.
fn tried(done: Result<Id, AppError>) -> Result<bool, AppError> {
    match done {
        Ok(_) => Ok(true),
        Err(AppError::Refused(refusal)) => {
            tracing::debug!(code = %refusal.code, "left for later");
            Ok(false)
        }
        Err(error) => Err(error),
    }
}
