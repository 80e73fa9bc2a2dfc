//! Files, by the open protocol tus 1.0: an upload is made once, and goes on from wherever it was cut.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use futures_util::StreamExt as _;
use haitang_domain::Key;
use haitang_domain::attachment::{FILE_BYTES_MAX, Sha256 as FileHash};
use haitang_protocol::{Problem, ProblemCode};
use http::Method;
use http::header::{CONTENT_TYPE, HeaderMap, LOCATION};

use super::{Transport, checked};
use crate::error::AppError;

const TUS_VERSION: &str = "1.0.0";

/// A new upload.
#[derive(Debug, Clone)]
pub(crate) struct NewUpload<'a> {
    pub(crate) sha256: &'a str,
    pub(crate) bytes: u64,
    pub(crate) media_type: &'a str,
    pub(crate) name: &'a str,
}

fn number(headers: &HeaderMap, name: &str) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.parse().ok()
}

fn offset(headers: &HeaderMap) -> Result<u64, AppError> {
    number(headers, "upload-offset").ok_or(AppError::Portal)
}

impl Transport {
    /// Makes an upload: its path on the server and how much the server already has (all of it, where the same bytes arrived before).
    pub(crate) async fn create_upload(&self, new: &NewUpload<'_>) -> Result<(String, u64), AppError> {
        let metadata = [("sha256", new.sha256), ("media_type", new.media_type), ("name", new.name)];
        let metadata: Vec<_> = metadata.iter().map(|(name, value)| format!("{name} {}", STANDARD.encode(value))).collect();
        let request = self
            .request(Method::POST, "/v1/files")
            .header("tus-resumable", TUS_VERSION)
            .header("upload-length", new.bytes)
            .header("upload-metadata", metadata.join(","));
        let response = checked(self.send(self.authorised(request).await?, Bytes::new()).await?).await?;
        let location = response.headers().get(LOCATION).and_then(|value| value.to_str().ok()).ok_or(AppError::Portal)?;
        // Only the path is kept: the server may be reached under another name tomorrow.
        let path = location.strip_prefix(&self.base).unwrap_or(location);
        if !path.starts_with('/') {
            return Err(AppError::Portal);
        }
        Ok((path.to_owned(), number(response.headers(), "upload-offset").unwrap_or(0)))
    }

    /// How much of an upload the server has; `None` where it does not know the upload any more.
    pub(crate) async fn upload_offset(&self, path: &str) -> Result<Option<u64>, AppError> {
        let request = self.request(Method::HEAD, path).header("tus-resumable", TUS_VERSION);
        let response = self.send(self.authorised(request).await?, Bytes::new()).await?;
        // The answer to HEAD has no body to say more in.
        match response.status().as_u16() {
            200..300 => offset(response.headers()).map(Some),
            404 | 410 => Ok(None),
            401 => Err(Problem::new(ProblemCode::TokenExpired, "the token ended").into()),
            status => Err(AppError::Network(format!("status {status}"))),
        }
    }

    /// The bytes of a file, by a record that names it. Its hash is for the caller to check.
    pub(crate) async fn download(&self, sha256: FileHash, named_by: Option<Key>) -> Result<Vec<u8>, AppError> {
        let query = named_by.map_or_else(String::new, |key| format!("?kind={}&id={}", key.kind.name(), key.id));
        let request = self.authorised(self.request(Method::GET, &format!("/v1/files/by-hash/{sha256}{query}"))).await?;
        let mut body = checked(self.send(request, Bytes::new()).await?).await?.into_body();
        let mut bytes = Vec::new();
        while let Some(piece) = body.next().await {
            bytes.extend_from_slice(&piece?);
            // No file of ours is longer.
            if bytes.len() as u64 > FILE_BYTES_MAX {
                return Err(AppError::Portal);
            }
        }
        Ok(bytes)
    }

    /// Sends the next piece; how much the server has now.
    pub(crate) async fn send_piece(&self, path: &str, at: u64, piece: Vec<u8>) -> Result<u64, AppError> {
        let request = self
            .request(Method::PATCH, path)
            .header("tus-resumable", TUS_VERSION)
            .header("upload-offset", at)
            .header(CONTENT_TYPE, "application/offset+octet-stream");
        let response = checked(self.send(self.authorised(request).await?, piece).await?).await?;
        offset(response.headers())
    }
}
