//! A database that will not open.

use std::path::{Path, PathBuf};

use haitang_app::aside as app;

use crate::convert::{Given as _, Shown, answer, record};
use crate::error::CoreError;

impl Shown<String> for PathBuf {
    fn shown(self) -> String {
        self.to_string_lossy().into_owned()
    }
}

record! {
    /// A phone's data that was set aside.
    shown Aside = app::Aside {
        /// Its folder.
        path: String,
        /// When it was set aside.
        at: i64,
        /// How much it is.
        bytes: u64,
    }
}

/// Moves the database of the phone in `folder`, and its files, into a new folder beside them, whose path it returns. Nothing is deleted or
/// written over. `Phone.open` then makes an empty phone; no phone may be open in `folder` meanwhile. Refused as `missing` where there is no
/// database.
#[uniffi::export]
pub fn keep_aside(folder: &str, now_ms: i64) -> Result<String, CoreError> {
    answer(app::keep_aside(Path::new(folder), now_ms.given()?))
}

/// What was set aside in a phone's folder, the newest first.
#[uniffi::export]
pub fn kept_aside(folder: &str) -> Result<Vec<Aside>, CoreError> {
    answer(app::kept_aside(Path::new(folder)))
}
