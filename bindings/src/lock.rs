//! The PIN that opens the app.

use crate::convert::{answer, record};
use crate::error::CoreError;
use crate::phone::Phone;

record! {
    /// What a try came to, or would.
    shown PinCheck = haitang_app::lock::PinCheck {
        /// Whether it was the right one.
        right: bool,
        /// Tries before the next wait; 0 while one runs.
        tries_left: u32,
        /// How long to wait before the next try, in milliseconds; 0 where it may be made at once.
        wait_ms: i64,
    }
}

/// A wrong PIN never wipes anything: it is followed by a wait, which neither a restart nor the wall clock shortens.
#[uniffi::export]
impl Phone {
    /// Sets a PIN of 6 to 12 digits. Fails as `weak_pin` where it is none or easily guessed; refused as `already` where there is one, which
    /// is cleared first. Takes a tenth of a second, as does every try.
    pub fn set_pin(&self, pin: &str) -> Result<(), CoreError> {
        answer(self.app.set_pin(pin))
    }

    /// Takes the PIN away, for whoever knows it: a try like any other, after which it is gone where it was right.
    pub fn clear_pin(&self, pin: &str) -> Result<PinCheck, CoreError> {
        answer(self.app.clear_pin(pin))
    }

    /// Puts another PIN in the place of the one there is, for whoever knows that: a try like any other. There is no moment without one.
    pub fn change_pin(&self, pin: &str, new: &str) -> Result<PinCheck, CoreError> {
        answer(self.app.change_pin(pin, new))
    }

    /// Whether there is a PIN.
    pub fn has_pin(&self) -> Result<bool, CoreError> {
        answer(self.app.has_pin())
    }

    /// Tries a PIN. While a wait runs nothing is tried, and nothing is counted. Refused as `missing` where there is none.
    pub fn check_pin(&self, pin: &str) -> Result<PinCheck, CoreError> {
        answer(self.app.check_pin(pin))
    }

    /// How things stand without a try, for when the lock is shown: how many are left, or how long to wait. `right` where there is no PIN.
    pub fn pin_state(&self) -> Result<PinCheck, CoreError> {
        answer(self.app.pin_state())
    }

    /// How long the app may be left before it asks for the PIN, in milliseconds.
    pub fn lock_after_ms(&self) -> Result<i64, CoreError> {
        answer(self.app.lock_after_ms())
    }

    /// Sets that, from 0 (at once) to a day.
    pub fn set_lock_after_ms(&self, ms: i64) -> Result<(), CoreError> {
        answer(self.app.set_lock_after_ms(ms))
    }
}
