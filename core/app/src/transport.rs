//! The real transport: HTTP with rustls, frames for sync, tus for files, server-sent events for the live connection.

mod files;
mod live;
mod pull;
mod push;
mod token;

use std::sync::OnceLock;
use std::time::Duration;

use haitang_protocol::{Problem, ProblemCode};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};
use reqwest::{Client, RequestBuilder, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::Mutex;

use crate::error::AppError;

pub(crate) use files::NewUpload;
pub(crate) use pull::PullStream;

/// The media type of frames.
const FRAME_TYPE: &str = "application/vnd.haitang.frame";
/// How long a connection may take to be made. A stairwell's signal comes and goes; longer only delays the next try.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long an answer may stay silent.
const READ_TIMEOUT: Duration = Duration::from_secs(40);

/// One server, as one device speaks to it.
#[derive(Debug)]
pub(crate) struct Transport {
    client: Client,
    base: String,
    /// The access token, once there is one.
    token: Mutex<Option<token::Held>>,
}

fn install_crypto() {
    static ONCE: OnceLock<()> = OnceLock::new();
    ONCE.get_or_init(|| {
        // Fails only when a provider is already there, which does as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}

impl Transport {
    /// A transport to the server at `base`, such as `https://haitang.example`.
    pub(crate) fn new(base: &str) -> Result<Self, AppError> {
        install_crypto();
        if !(base.starts_with("https://") || base.starts_with("http://")) {
            return Err(AppError::BadInput(format!("not the address of a server: {base}")));
        }
        let client = Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .read_timeout(READ_TIMEOUT)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("haitang/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { client, base: base.trim_end_matches('/').to_owned(), token: Mutex::new(None) })
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Asks a JSON question that needs no token.
    pub(crate) async fn ask<Q: Serialize, A: DeserializeOwned>(&self, path: &str, question: &Q) -> Result<A, AppError> {
        let response = checked(self.client.post(self.url(path)).json(question).send().await?).await?;
        json(response).await
    }

    /// Asks a JSON question as this device.
    pub(crate) async fn ask_as_device<Q: Serialize, A: DeserializeOwned>(&self, path: &str, question: &Q) -> Result<A, AppError> {
        let request = self.authorised(self.client.post(self.url(path))).await?.json(question);
        json(checked(request.send().await?).await?).await
    }

    async fn authorised(&self, request: RequestBuilder) -> Result<RequestBuilder, AppError> {
        let held = self.token.lock().await;
        let token = held.as_ref().ok_or_else(|| Problem::new(ProblemCode::TokenExpired, "no token yet"))?;
        Ok(request.header(AUTHORIZATION, format!("Bearer {}", token.token)))
    }
}

/// The response if it is a success of the server's own, else why not.
async fn checked(response: Response) -> Result<Response, AppError> {
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    if !is(&response, "application/problem+json") {
        // A redirect or a page in the server's place: a portal, or a proxy that cannot reach the server.
        return Err(if status.is_server_error() { AppError::Network(format!("status {status}")) } else { AppError::Portal });
    }
    let problem: Problem = response.json().await?;
    Err(problem.into())
}

fn is(response: &Response, media_type: &str) -> bool {
    let found = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    found.split(';').next().is_some_and(|found| found.trim().eq_ignore_ascii_case(media_type))
}

async fn json<A: DeserializeOwned>(response: Response) -> Result<A, AppError> {
    if !is(&response, "application/json") {
        return Err(AppError::Portal);
    }
    Ok(response.json().await?)
}
