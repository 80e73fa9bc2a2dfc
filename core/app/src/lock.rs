//! The PIN that opens the app, and how often it may be tried.
//!
//! It keeps curious hands out; what keeps a thief with tools out is the database's key in the platform's keystore. Five tries are free.
//! From then on each wrong one is followed by a wait: 30 seconds, a minute, 5 and 15 minutes, and an hour each after that. Nothing is ever
//! wiped for a wrong PIN: a child with the phone must not cost a week's work.
//!
//! Waits are counted on the clock of the running system, which nobody can set. It begins anew with a restart, so after one only what it has
//! run since counts: switching the phone off and on shortens no wait, and neither does the wall clock, whichever way it is set.

use std::sync::PoisonError;

use argon2::{Algorithm, Argon2, Params, Version};
use haitang_domain::time::{DAY_MS, HOUR_MS, MINUTE_MS};
use haitang_domain::{Code, Refusal};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::error::AppError;
use crate::phone::Phone;

/// Wrong tries before the first wait.
pub const FREE_TRIES: u32 = 5;
/// The waits after the free tries, in milliseconds; the last stands for all that follow.
pub const WAITS_MS: [i64; 5] = [30_000, MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS];
/// How long the app may be left before it asks for the PIN, where nobody has set another time, in milliseconds.
pub const LOCK_AFTER_MS: i64 = MINUTE_MS;
/// The longest that can be set.
pub const LOCK_AFTER_MS_MAX: i64 = DAY_MS;

const DIGITS_MIN: usize = 6;
const DIGITS_MAX: usize = 12;
// OWASP's first choice for argon2id: 19 MiB, two passes, one lane. A tenth of a second on an old phone.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;

const PIN: &str = "pin";
const LOCK_AFTER: &str = "lock_after_ms";

/// What a try came to, or would.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PinCheck {
    /// Whether it was the right one.
    pub right: bool,
    /// Tries before the next wait; 0 while one runs.
    pub tries_left: u32,
    /// How long to wait before the next try, in milliseconds; 0 where it may be made at once.
    pub wait_ms: i64,
}

/// What is kept of a PIN.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// In hexadecimal, as is the hash.
    salt: String,
    hash: String,
    memory_kib: u32,
    passes: u32,
    /// Wrong tries since the last right one.
    wrong: u32,
    /// What was left of the wait when the system's clock stood at `mono_ms`.
    wait_ms: u64,
    mono_ms: u64,
}

impl Kept {
    fn new(pin: &str, salt: [u8; 16], mono_ms: u64) -> Result<Self, AppError> {
        let (memory_kib, passes) = (MEMORY_KIB, PASSES);
        let hash = hex::encode(hash(pin, &salt, memory_kib, passes)?.as_slice());
        Ok(Self { salt: hex::encode(salt), hash, memory_kib, passes, wrong: 0, wait_ms: 0, mono_ms })
    }

    fn is(&self, pin: &str) -> Result<bool, AppError> {
        let unreadable = |_| AppError::Internal("the kept PIN cannot be read".into());
        let (salt, kept) = (hex::decode(&self.salt).map_err(unreadable)?, hex::decode(&self.hash).map_err(unreadable)?);
        let given = hash(pin, &salt, self.memory_kib, self.passes)?;
        // All of it is compared, so that the time it takes does not tell how much of it fits.
        let differs = given.iter().zip(&kept).fold(given.len() ^ kept.len(), |differs, (a, b)| differs | usize::from(a ^ b));
        Ok(differs == 0)
    }

    /// Lets pass what has passed for certain by the time the system's clock stands at `mono_ms`. That may be in another run of the
    /// system: where it stands before the moment kept, it surely is, and has run so long since; where it stands behind, the difference is
    /// right for the same run, and less than what passed for another.
    fn pass(&mut self, mono_ms: u64) {
        let passed = mono_ms.checked_sub(self.mono_ms).unwrap_or(mono_ms);
        self.wait_ms = self.wait_ms.saturating_sub(passed);
        self.mono_ms = mono_ms;
    }

    /// Counts a try as wrong.
    fn fail(&mut self) {
        self.wrong = self.wrong.saturating_add(1);
        if let Some(over) = self.wrong.checked_sub(FREE_TRIES) {
            let wait = WAITS_MS[(over as usize).min(WAITS_MS.len() - 1)];
            self.wait_ms = wait.unsigned_abs();
        }
    }

    fn check(&self, right: bool) -> PinCheck {
        let tries_left = if self.wait_ms > 0 { 0 } else { FREE_TRIES.saturating_sub(self.wrong).max(1) };
        PinCheck { right, tries_left, wait_ms: self.wait_ms.cast_signed() }
    }
}

fn hash(pin: &str, salt: &[u8], memory_kib: u32, passes: u32) -> Result<Zeroizing<[u8; 32]>, AppError> {
    let fault = |error: argon2::Error| AppError::Internal(error.to_string());
    let params = Params::new(memory_kib, passes, 1, None).map_err(fault)?;
    let mut out = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(pin.as_bytes(), salt, out.as_mut())
        .map_err(fault)?;
    Ok(out)
}

/// Refuses what is no PIN, and what anybody would try first.
fn strong_enough(pin: &str) -> Result<(), AppError> {
    let digits: Vec<u8> = pin.bytes().map(|byte| byte.wrapping_sub(b'0')).collect();
    if digits.iter().any(|digit| *digit > 9) {
        return Err(AppError::WeakPin("digits"));
    }
    if !(DIGITS_MIN..=DIGITS_MAX).contains(&digits.len()) {
        return Err(AppError::WeakPin("length"));
    }
    // 7890 and 2109 run on over the end of the keypad.
    let steps_by = |step: u8| digits.windows(2).all(|pair| (pair[0] + step) % 10 == pair[1]);
    if steps_by(0) {
        return Err(AppError::WeakPin("same"));
    }
    if steps_by(1) || steps_by(9) {
        return Err(AppError::WeakPin("run"));
    }
    Ok(())
}

impl Phone {
    fn kept_pin(&self) -> Result<Option<Kept>, AppError> {
        let Some(json) = self.store().setting(PIN)? else { return Ok(None) };
        let mut kept: Kept = serde_json::from_str(&json).map_err(|error| AppError::Internal(error.to_string()))?;
        kept.pass(self.inner.surroundings.clock.mono_ms());
        Ok(Some(kept))
    }

    fn keep_pin(&self, kept: &Kept) -> Result<(), AppError> {
        let json = serde_json::to_string(kept).map_err(|error| AppError::Internal(error.to_string()))?;
        Ok(self.store().set_setting(PIN, Some(&json))?)
    }

    /// Sets a PIN of 6 to 12 digits. [`AppError::WeakPin`] where it is none or easily guessed; refused as `already` where there is one,
    /// which is cleared first. Takes a tenth of a second.
    pub fn set_pin(&self, pin: &str) -> Result<(), AppError> {
        strong_enough(pin)?;
        let _alone = self.inner.pin.lock().unwrap_or_else(PoisonError::into_inner);
        if self.store().setting(PIN)?.is_some() {
            return Err(Refusal::new(Code::Already).with("kind", "pin").into());
        }
        let surroundings = &self.inner.surroundings;
        self.keep_pin(&Kept::new(pin, surroundings.random(), surroundings.clock.mono_ms())?)
    }

    /// Whether there is a PIN.
    pub fn has_pin(&self) -> Result<bool, AppError> {
        Ok(self.store().setting(PIN)?.is_some())
    }

    /// How things stand without a try: how many are left, or how long to wait. `right` where there is no PIN.
    pub fn pin_state(&self) -> Result<PinCheck, AppError> {
        let _alone = self.inner.pin.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(kept) = self.kept_pin()? else {
            return Ok(PinCheck { right: true, tries_left: FREE_TRIES, wait_ms: 0 });
        };
        if kept.wait_ms > 0 {
            // What passed counts even if the phone is restarted before the next look.
            self.keep_pin(&kept)?;
        }
        Ok(kept.check(false))
    }

    /// Tries a PIN. While a wait runs nothing is tried, and nothing is counted. Refused as `missing` where there is none. Takes a tenth of
    /// a second.
    pub fn check_pin(&self, pin: &str) -> Result<PinCheck, AppError> {
        let _alone = self.inner.pin.lock().unwrap_or_else(PoisonError::into_inner);
        self.try_pin(pin)
    }

    fn try_pin(&self, pin: &str) -> Result<PinCheck, AppError> {
        let mut kept = self.kept_pin()?.ok_or_else(|| Refusal::new(Code::Missing).with("kind", "pin"))?;
        if kept.wait_ms > 0 {
            self.keep_pin(&kept)?;
            return Ok(kept.check(false));
        }
        // Counted as wrong before it is looked at: whoever kills the app in between has tried all the same.
        kept.fail();
        self.keep_pin(&kept)?;
        if !kept.is(pin)? {
            return Ok(kept.check(false));
        }
        (kept.wrong, kept.wait_ms) = (0, 0);
        self.keep_pin(&kept)?;
        Ok(kept.check(true))
    }

    /// Takes the PIN away, for whoever knows it: a try like any other, after which it is gone where it was right.
    pub fn clear_pin(&self, pin: &str) -> Result<PinCheck, AppError> {
        let _alone = self.inner.pin.lock().unwrap_or_else(PoisonError::into_inner);
        let check = self.try_pin(pin)?;
        if check.right {
            self.store().set_setting(PIN, None)?;
        }
        Ok(check)
    }

    /// Puts another PIN in the place of the one there is, for whoever knows that: a try like any other. There is no moment without one.
    pub fn change_pin(&self, pin: &str, new: &str) -> Result<PinCheck, AppError> {
        strong_enough(new)?;
        let _alone = self.inner.pin.lock().unwrap_or_else(PoisonError::into_inner);
        let check = self.try_pin(pin)?;
        if check.right {
            let surroundings = &self.inner.surroundings;
            self.keep_pin(&Kept::new(new, surroundings.random(), surroundings.clock.mono_ms())?)?;
        }
        Ok(check)
    }

    /// How long the app may be left before it asks for the PIN, in milliseconds.
    pub fn lock_after_ms(&self) -> Result<i64, AppError> {
        let set = self.store().setting(LOCK_AFTER)?.and_then(|text| text.parse().ok());
        Ok(set.unwrap_or(LOCK_AFTER_MS))
    }

    /// Sets that, from 0 (at once) to a day.
    pub fn set_lock_after_ms(&self, ms: i64) -> Result<(), AppError> {
        if !(0..=LOCK_AFTER_MS_MAX).contains(&ms) {
            return Err(Refusal::new(Code::OutOfRange).with("field", LOCK_AFTER).into());
        }
        Ok(self.store().set_setting(LOCK_AFTER, Some(&ms.to_string()))?)
    }
}

#[cfg(test)]
mod tests;
