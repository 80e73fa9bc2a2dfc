//! Photos, recordings, documents, and places.

use std::path::Path;

use crate::convert::{answer, record};
use crate::error::CoreError;
use crate::phone::Phone;

record! {
    /// A file that a log, a report or a notice names.
    both Attachment = haitang_app::domain::attachment::Attachment {
        /// SHA-256 of the bytes, in hexadecimal.
        sha256: String,
        /// Length in bytes.
        bytes: u64,
        /// Media type, such as `image/jpeg`.
        media_type: String,
        /// What the person called it.
        name: String,
    }
}

record! {
    /// Where a phone was, once, as it said itself. WGS-84.
    both Location = haitang_app::domain::attachment::Location {
        /// Degrees north.
        latitude: f64,
        /// Degrees east.
        longitude: f64,
        /// Radius of 68 % confidence, in metres.
        accuracy_m: f32,
        /// The platform said that the location was made up by another app.
        mocked: bool,
    }
}

#[uniffi::export]
impl Phone {
    /// Takes a file in, to be named by a log or a report. It is kept encrypted, and sent once a command that names it is sent.
    pub fn attach(&self, path: &str) -> Result<Attachment, CoreError> {
        answer(self.app.attach(Path::new(path)))
    }

    /// Takes in bytes that a camera or a microphone made.
    pub fn attach_bytes(&self, bytes: Vec<u8>, media_type: &str, name: &str) -> Result<Attachment, CoreError> {
        answer(self.app.attach_bytes(bytes, media_type, name))
    }
}
