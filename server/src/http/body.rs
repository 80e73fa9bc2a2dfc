//! Bodies in, each within its limit.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, header};
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use haitang_protocol::limits::{FRAME_PACKED_BYTES_MAX, JSON_BYTES_MAX};
use haitang_protocol::{Problem, ProblemCode};
use serde::de::DeserializeOwned;

use super::fault::Fault;

/// The media type of frames.
pub const FRAME_TYPE: &str = "application/vnd.haitang.frame";

/// The header of a frame comes on top of what it packs.
const FRAME_BYTES_MAX: usize = FRAME_PACKED_BYTES_MAX + 12;

fn too_large(limit: usize) -> Fault {
    Problem::new(ProblemCode::TooLarge, "the body is larger than allowed").with("limit", limit).into()
}

/// The length a request announces, if it does.
pub fn announced(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

async fn whole(request: Request, limit: usize) -> Result<Bytes, Fault> {
    if announced(request.headers()).is_some_and(|length| length > limit as u64) {
        return Err(too_large(limit));
    }
    let mut whole = BytesMut::with_capacity(announced(request.headers()).unwrap_or(0) as usize);
    let mut pieces = request.into_body().into_data_stream();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| Fault::new(ProblemCode::BadRequest, "the body broke off"))?;
        if whole.len() + piece.len() > limit {
            return Err(too_large(limit));
        }
        whole.extend_from_slice(&piece);
    }
    Ok(whole.freeze())
}

/// The body as JSON. What cannot be read is told without repeating any of it.
pub async fn json<T: DeserializeOwned>(request: Request) -> Result<T, Fault> {
    let bytes = whole(request, JSON_BYTES_MAX).await?;
    serde_json::from_slice(&bytes).map_err(|error| {
        let place = format!("the JSON cannot be read at line {} column {}", error.line(), error.column());
        Fault::new(ProblemCode::BadRequest, place)
    })
}

/// The body as the bytes of a frame.
pub async fn frame(request: Request) -> Result<Bytes, Fault> {
    whole(request, FRAME_BYTES_MAX).await
}

/// A body of frames.
pub fn frames(bytes: Vec<u8>) -> ([(header::HeaderName, &'static str); 1], Body) {
    ([(header::CONTENT_TYPE, FRAME_TYPE)], Body::from(bytes))
}
