//! Files named by what they contain, and places as a phone knows them.

use serde::{Deserialize, Serialize};

use crate::refusal::{Code, Refusal};

/// The SHA-256 of some bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sha256(pub [u8; 32]);

impl std::fmt::Display for Sha256 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl std::fmt::Debug for Sha256 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

impl std::str::FromStr for Sha256 {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let bad = || Refusal::new(Code::OutOfRange).with("field", "sha256");
        if text.len() != 64 || !text.is_ascii() {
            return Err(bad());
        }
        let mut bytes = [0; 32];
        for (i, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).map_err(|_| bad())?;
        }
        Ok(Self(bytes))
    }
}

impl Serialize for Sha256 {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Sha256 {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The largest file a phone may send, in bytes.
pub const FILE_BYTES_MAX: u64 = 50 * 1024 * 1024;

/// A photo, recording or document named by a record. Its bytes travel apart from the record, by tus.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// SHA-256 of the bytes.
    pub sha256: Sha256,
    /// Length in bytes, at most [`FILE_BYTES_MAX`].
    pub bytes: u64,
    /// Media type, such as `image/jpeg`.
    pub media_type: String,
    /// What the person called it.
    pub name: String,
}

/// Where a phone was, once, as it said itself. WGS-84.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Location {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Radius of 68 % confidence, in metres.
    pub accuracy_m: f32,
    /// The platform said that the location was made up by another app.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub mocked: bool,
}

impl Location {
    /// Refuses coordinates that are nowhere on Earth.
    pub fn check(&self) -> Result<(), Refusal> {
        let sane = self.latitude.abs() <= 90.0 && self.longitude.abs() <= 180.0 && (0.0..=1e8).contains(&self.accuracy_m);
        if sane { Ok(()) } else { Err(Refusal::new(Code::OutOfRange).with("field", "location")) }
    }
}

/// Refuses a list of attachments that is too long or holds a file that is too large.
pub fn check_all(files: &[Attachment]) -> Result<(), Refusal> {
    crate::text::list("files", files, 50)?;
    for file in files {
        crate::text::filled("media_type", &file.media_type, 100)?;
        crate::text::within("name", &file.name, 200)?;
        if file.bytes > FILE_BYTES_MAX {
            return Err(Refusal::new(Code::TooLong).with("field", "file").with("limit", FILE_BYTES_MAX));
        }
    }
    Ok(())
}
