//! The headers of tus 1.0.

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use haitang_domain::attachment::{FILE_BYTES_MAX, Sha256};
use haitang_protocol::{Problem, ProblemCode};

use crate::http::fault::Fault;

/// The version of tus.
pub const VERSION: &str = "1.0.0";
/// `Tus-Resumable`
pub const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
/// `Upload-Offset`
pub const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
/// `Upload-Length`
pub const LENGTH: HeaderName = HeaderName::from_static("upload-length");
/// `Upload-Metadata`
pub const METADATA: HeaderName = HeaderName::from_static("upload-metadata");
/// `Upload-Expires`
pub const EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
/// `Upload-Checksum`
pub const CHECKSUM: HeaderName = HeaderName::from_static("upload-checksum");

fn bad(detail: &str) -> Fault {
    Fault::new(ProblemCode::BadRequest, detail)
}

/// Declines a request of another version of tus.
pub fn check_version(headers: &HeaderMap) -> Result<(), Fault> {
    if headers.get(RESUMABLE).is_some_and(|version| version == VERSION) {
        return Ok(());
    }
    let problem = Problem::new(ProblemCode::WrongVersion, "tus 1.0.0 is needed").with("oldest", VERSION).with("newest", VERSION);
    Err(Fault::from(problem).with_status(StatusCode::PRECONDITION_FAILED))
}

/// A header that is a whole number, if it is there.
pub fn number(headers: &HeaderMap, name: &HeaderName) -> Result<Option<u64>, Fault> {
    let read = |value: &HeaderValue| value.to_str().ok().and_then(|text| text.parse().ok());
    headers.get(name).map(|value| read(value).ok_or_else(|| bad("a number in a header cannot be read"))).transpose()
}

/// What a new upload says of its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announced {
    /// SHA-256 of the bytes.
    pub sha256: Sha256,
    /// How many there are.
    pub bytes: u64,
    /// Media type.
    pub media_type: String,
    /// What the person called it.
    pub name: String,
}

/// Reads `Upload-Length` and `Upload-Metadata`.
pub fn announced(headers: &HeaderMap) -> Result<Announced, Fault> {
    let bytes = number(headers, &LENGTH)?.ok_or_else(|| bad("Upload-Length is needed"))?;
    if bytes > FILE_BYTES_MAX {
        return Err(Problem::new(ProblemCode::TooLarge, "the file is larger than allowed").with("limit", FILE_BYTES_MAX).into());
    }
    let metadata = headers.get(METADATA).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let value = |name: &str| -> Result<Option<String>, Fault> {
        let mut pairs = metadata.split(',').map(|pair| pair.trim().split_once(' ').unwrap_or((pair.trim(), "")));
        let Some((_, value)) = pairs.find(|(key, _)| *key == name) else { return Ok(None) };
        let decoded = STANDARD.decode(value.trim()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        decoded.map(Some).ok_or_else(|| bad("Upload-Metadata cannot be read"))
    };
    let sha256 = value("sha256")?.ok_or_else(|| bad("Upload-Metadata must hold sha256"))?;
    let sha256 = sha256.parse().map_err(|_| bad("sha256 must be 64 hexadecimal digits"))?;
    let media_type = value("media_type")?.filter(|kind| !kind.is_empty()).unwrap_or_else(|| "application/octet-stream".into());
    let name = value("name")?.unwrap_or_default();
    // A media type comes back as a header when the file is read.
    if media_type.len() > 100 || name.chars().count() > 200 || HeaderValue::from_str(&media_type).is_err() {
        return Err(bad("media_type or name is too long or not a text"));
    }
    Ok(Announced { sha256, bytes, media_type, name })
}

/// What the piece of a PATCH must hash to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Checksum {
    /// SHA-1, which tus wants every server to know.
    Sha1(Vec<u8>),
    /// SHA-256.
    Sha256(Vec<u8>),
}

/// Reads `Upload-Checksum`, if it is there.
pub fn checksum(headers: &HeaderMap) -> Result<Option<Checksum>, Fault> {
    let Some(value) = headers.get(CHECKSUM) else { return Ok(None) };
    let parts = value.to_str().ok().and_then(|text| text.trim().split_once(' '));
    let (algorithm, digest) = parts.ok_or_else(|| bad("Upload-Checksum cannot be read"))?;
    let digest = STANDARD.decode(digest.trim()).map_err(|_| bad("Upload-Checksum cannot be read"))?;
    match algorithm {
        "sha1" => Ok(Some(Checksum::Sha1(digest))),
        "sha256" => Ok(Some(Checksum::Sha256(digest))),
        _ => Err(bad("the algorithm of Upload-Checksum must be sha1 or sha256")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().expect("a value"))).collect()
    }

    #[test]
    fn a_new_upload_says_what_it_will_be() {
        let sha256 = STANDARD.encode("ab".repeat(32));
        let name = STANDARD.encode("楼道.jpg");
        let metadata = format!("sha256 {sha256},media_type {},name {name}", STANDARD.encode("image/jpeg"));
        let read = announced(&headers(&[("upload-length", "9"), ("upload-metadata", &metadata)])).expect("reads");
        assert_eq!(
            read,
            Announced { sha256: Sha256([0xab; 32]), bytes: 9, media_type: "image/jpeg".into(), name: "楼道.jpg".into() }
        );
    }

    #[test]
    fn what_cannot_be_read_is_declined_by_name() {
        let sha256 = format!("sha256 {}", STANDARD.encode("ab".repeat(32)));
        let code = |pairs: &[(&'static str, &str)]| announced(&headers(pairs)).expect_err("is declined").problem.code;
        assert_eq!(code(&[("upload-metadata", &sha256)]), ProblemCode::BadRequest);
        assert_eq!(code(&[("upload-length", "-1"), ("upload-metadata", &sha256)]), ProblemCode::BadRequest);
        assert_eq!(code(&[("upload-length", "52428801"), ("upload-metadata", &sha256)]), ProblemCode::TooLarge);
        assert_eq!(code(&[("upload-length", "1"), ("upload-metadata", "sha256 !!")]), ProblemCode::BadRequest);
        assert_eq!(code(&[("upload-length", "1")]), ProblemCode::BadRequest);
        assert!(checksum(&headers(&[("upload-checksum", "md5 AA==")])).is_err());
        assert!(check_version(&HeaderMap::new()).is_err());
    }
}
