//! What the core asks of a network, and the real one: HTTP with rustls.

use std::sync::OnceLock;
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt as _, TryStreamExt as _};
use http::{Request, Response};
use reqwest::Client;

use crate::error::AppError;
use crate::roots;

/// How long a connection may take to be made. A stairwell's signal comes and goes; longer only delays the next try.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long an answer may stay silent.
const READ_TIMEOUT: Duration = Duration::from_secs(40);

/// The body of an answer, as it arrives.
pub type Body = BoxStream<'static, Result<Bytes, AppError>>;

/// Carries one request to a server and its answer back.
pub trait Network: Send + Sync {
    /// Sends `request` and waits for the head of the answer. [`AppError::Network`] where there is none.
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Body>, AppError>>;
}

/// HTTP over TCP, with TLS where the address asks for it.
#[derive(Clone, Debug)]
pub struct Https {
    client: Client,
}

fn install_crypto() {
    static ONCE: OnceLock<()> = OnceLock::new();
    ONCE.get_or_init(|| {
        // Fails only when a provider is already there, which does as well.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    });
}

impl Https {
    /// A network with the system's certificates and proxies.
    pub fn new() -> Result<Self, AppError> {
        install_crypto();
        let mut client = Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .read_timeout(READ_TIMEOUT)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("haitang/", env!("CARGO_PKG_VERSION")));
        if let Some(roots) = roots::of_system() {
            client = client.tls_certs_only(roots);
        }
        Ok(Self { client: client.build()? })
    }
}

impl Network for Https {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Body>, AppError>> {
        Box::pin(async move {
            let request = reqwest::Request::try_from(request)?;
            let response = self.client.execute(request).await?;
            let mut answer = Response::new(());
            *answer.status_mut() = response.status();
            *answer.headers_mut() = response.headers().clone();
            let body = response.bytes_stream().map_err(AppError::from).boxed();
            Ok(answer.map(|()| body))
        })
    }
}
