//! Photos, recordings, documents, and places.

use std::path::Path;

use crate::convert::{Given as _, answer, record};
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

#[uniffi::export(async_runtime = "tokio")]
impl Phone {
    /// The bytes of a file, from this phone or else from the server, which gives them to whoever may read a record that names the file.
    /// Fails as `not_found` where there is none for this member, or it has not arrived there yet. What is fetched is not kept here.
    pub async fn fetch_file(&self, sha256: String) -> Result<Vec<u8>, CoreError> {
        Ok(self.app.fetch_file(sha256.given()?).await?)
    }
}

#[uniffi::export]
impl Phone {
    /// Takes a file in, to be named by a log or a report. It is kept encrypted, and sent once a command that names it is sent.
    ///
    /// A file over the limit is refused as `too_long`, with `field` = `file` and its `limit` in bytes; a full disk is `disk_full`, and
    /// changes nothing.
    pub fn attach(&self, path: &str) -> Result<Attachment, CoreError> {
        answer(self.app.attach(Path::new(path)))
    }

    /// The bytes of a file that is on this phone, because it was taken in here; nothing where it is not, or was damaged.
    pub fn file_bytes(&self, sha256: String) -> Result<Option<Vec<u8>>, CoreError> {
        Ok(self.app.file_bytes(sha256.given()?)?)
    }

    /// Takes in bytes that a camera or a microphone made.
    pub fn attach_bytes(&self, bytes: Vec<u8>, media_type: &str, name: &str) -> Result<Attachment, CoreError> {
        answer(self.app.attach_bytes(bytes, media_type, name))
    }
}
