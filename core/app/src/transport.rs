//! What is said to the server, and how: frames for sync, tus for files, server-sent events for the live connection.

mod files;
mod live;
mod pull;
mod push;
mod token;

use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use futures_util::StreamExt as _;
use haitang_protocol::limits::FRAME_PACKED_BYTES_MAX;
use haitang_protocol::{Problem, ProblemCode};
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{Method, Request, Response, request};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::Mutex;

use crate::error::AppError;
use crate::network::{Body, Network};

pub(crate) use files::NewUpload;
pub(crate) use pull::PullStream;

/// The media type of frames.
const FRAME_TYPE: &str = "application/vnd.haitang.frame";
/// The longest answer that is held in memory as a whole: one frame. A longer one is not our server's.
const ANSWER_BYTES_MAX: usize = FRAME_PACKED_BYTES_MAX + 1024;

/// One server, as one device speaks to it.
pub(crate) struct Transport {
    network: Arc<dyn Network>,
    base: String,
    /// The access token, once there is one.
    token: Mutex<Option<token::Held>>,
}

impl Transport {
    /// A transport to the server at `base`, such as `https://haitang.example`. Without TLS only to this very machine.
    pub(crate) fn new(base: &str, network: Arc<dyn Network>) -> Result<Self, AppError> {
        if !is_safe(base) {
            return Err(AppError::BadInput(format!("not the address of a server: {base}")));
        }
        Ok(Self { network, base: base.trim_end_matches('/').to_owned(), token: Mutex::new(None) })
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    fn request(&self, method: Method, path: &str) -> request::Builder {
        Request::builder().method(method).uri(self.url(path))
    }

    async fn send(&self, request: request::Builder, body: impl Into<Bytes>) -> Result<Response<Body>, AppError> {
        let request =
            request.body(body.into()).map_err(|error| AppError::BadInput(format!("not the address of a server: {error}")))?;
        self.network.send(request).await
    }

    /// Asks a JSON question that needs no token.
    pub(crate) async fn ask<Q: Serialize, A: DeserializeOwned>(&self, path: &str, question: &Q) -> Result<A, AppError> {
        self.ask_json(self.request(Method::POST, path), question).await
    }

    /// Asks a JSON question as this device.
    pub(crate) async fn ask_as_device<Q: Serialize, A: DeserializeOwned>(&self, path: &str, question: &Q) -> Result<A, AppError> {
        self.ask_json(self.authorised(self.request(Method::POST, path)).await?, question).await
    }

    async fn ask_json<Q: Serialize, A: DeserializeOwned>(&self, request: request::Builder, question: &Q) -> Result<A, AppError> {
        let question = serde_json::to_vec(question).map_err(|error| AppError::Internal(error.to_string()))?;
        let response = checked(self.send(request.header(CONTENT_TYPE, "application/json"), question).await?).await?;
        if !is(&response, "application/json") {
            return Err(AppError::Portal);
        }
        json(response).await
    }

    async fn authorised(&self, request: request::Builder) -> Result<request::Builder, AppError> {
        let held = self.token.lock().await;
        let token = held.as_ref().ok_or_else(|| Problem::new(ProblemCode::TokenExpired, "no token yet"))?;
        Ok(request.header(AUTHORIZATION, format!("Bearer {}", token.token)))
    }
}

/// Whether what is said to this address cannot be read on the way.
fn is_safe(base: &str) -> bool {
    let Ok(address) = base.parse::<http::Uri>() else { return false };
    let host = address.host().unwrap_or_default().trim_matches(['[', ']']);
    let is_here = || host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
    match address.scheme_str() {
        Some("https") => !host.is_empty(),
        Some("http") => is_here(),
        _ => false,
    }
}

/// The response if it is a success of the server's own, else why not.
async fn checked(response: Response<Body>) -> Result<Response<Body>, AppError> {
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    if !is(&response, "application/problem+json") {
        // A redirect or a page in the server's place: a portal, or a proxy that cannot reach the server.
        return Err(if status.is_server_error() { AppError::Network(format!("status {status}")) } else { AppError::Portal });
    }
    Err(json::<Problem>(response).await?.into())
}

fn is(response: &Response<Body>, media_type: &str) -> bool {
    let found = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    found.split(';').next().is_some_and(|found| found.trim().eq_ignore_ascii_case(media_type))
}

/// The whole body of an answer.
async fn whole(response: Response<Body>) -> Result<Bytes, AppError> {
    let mut body = response.into_body();
    let mut bytes = BytesMut::new();
    while let Some(piece) = body.next().await {
        bytes.extend_from_slice(&piece?);
        if bytes.len() > ANSWER_BYTES_MAX {
            return Err(AppError::Portal);
        }
    }
    Ok(bytes.freeze())
}

async fn json<A: DeserializeOwned>(response: Response<Body>) -> Result<A, AppError> {
    // Cut or changed on the way: a server of ours says it is JSON only where it is.
    serde_json::from_slice(&whole(response).await?)
        .map_err(|error| AppError::Network(format!("the answer cannot be read: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_spoken_to_without_tls() {
        for safe in
            ["https://haitang.example", "https://10.0.0.7:8470", "http://127.0.0.1:8470", "http://[::1]:8470", "http://localhost"]
        {
            assert!(is_safe(safe), "{safe}");
        }
        for unsafe_one in [
            "http://haitang.example",
            "http://10.0.0.7",
            "http://localhost.example",
            "ftp://127.0.0.1",
            "127.0.0.1:8470",
            "https://",
            "",
        ] {
            assert!(!is_safe(unsafe_one), "{unsafe_one}");
        }
    }
}
