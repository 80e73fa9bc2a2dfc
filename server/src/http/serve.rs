//! Starting and stopping.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum_server::Handle;
use axum_server::accept::NoDelayAcceptor;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use super::files::store::Files;
use super::rate::Rates;
use super::{App, files, health, router, tls};
use crate::account::Accounts;
use crate::admin::copy::DATABASE;
use crate::clock::{Clock, SystemClock};
use crate::config::Config;
use crate::hub::Hub;
use crate::keys::Keys;
use crate::storage::{SqliteStorage, Storage};

/// How long a sender may take over the headers of a request.
const HEADERS: Duration = Duration::from_secs(30);
const MINUTE: Duration = Duration::from_mins(1);
/// Minutes between two looks for uploads that were never finished.
const SWEEP_MINUTES: u32 = 30;

/// Why the server did not start, or stopped by itself.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address cannot be listened on.
    #[error("cannot listen on {at}: {source}")]
    Listen {
        /// The address.
        at: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// The data folder, the storage or the keys cannot be opened.
    #[error("the data in {folder} cannot be opened: {detail}")]
    Data {
        /// The folder.
        folder: String,
        /// Why.
        detail: String,
    },
    /// The TLS certificate or its key cannot be used.
    #[error("TLS: {0}")]
    Tls(io::Error),
    /// The network failed.
    #[error("the network failed: {0}")]
    Network(#[from] io::Error),
}

/// The server, for starting it.
pub struct Server;

/// A server at work.
pub struct Running {
    /// Where it listens.
    pub addr: SocketAddr,
    /// What its handlers reach.
    pub app: Arc<App>,
    handle: Handle<SocketAddr>,
    task: JoinHandle<io::Result<()>>,
}

impl Server {
    /// Opens the data folder and serves on `config.listen` until [`Running::stop`].
    pub async fn start(config: Config) -> Result<Running, StartError> {
        let at = config.listen;
        let listener = TcpListener::bind(at).map_err(|source| StartError::Listen { at, source })?;
        Self::start_on(config, listener).await
    }

    /// Opens the data folder and serves on `listener` until [`Running::stop`].
    pub async fn start_on(config: Config, listener: TcpListener) -> Result<Running, StartError> {
        health::recorder();
        let addr = listener.local_addr()?;
        let app = App::open(config).await?;
        let tls = match (&app.config.tls_cert, &app.config.tls_key) {
            (Some(cert), Some(key)) => Some(tls::open(cert, key).map_err(StartError::Tls)?),
            _ => None,
        };
        tokio::spawn(housekeeping(Arc::clone(&app), tls.clone()));
        let handle = Handle::new();
        let service = router(&app).into_make_service_with_connect_info::<SocketAddr>();
        let mut server = axum_server::from_tcp(listener)?.handle(handle.clone()).first_request_timeout(HEADERS);
        server.http_builder().http1().header_read_timeout(HEADERS);
        let task = match tls {
            Some(config) => {
                let acceptor = RustlsAcceptor::new(config).acceptor(NoDelayAcceptor::new());
                tokio::spawn(server.acceptor(acceptor).serve(service))
            }
            None => tokio::spawn(server.acceptor(NoDelayAcceptor::new()).serve(service)),
        };
        tracing::info!(url = app.config.url(addr), data = %app.config.data.display(), "serving");
        Ok(Running { addr, app, handle, task })
    }
}

impl Running {
    /// The address by which phones reach it.
    pub fn url(&self) -> String {
        self.app.config.url(self.addr)
    }

    /// Stops: takes no new connections, ends the live ones, lets requests in hand finish within `stop_timeout_s`.
    pub async fn stop(self) -> Result<(), StartError> {
        self.app.stopping.cancel();
        self.handle.graceful_shutdown(Some(Duration::from_secs(self.app.config.stop_timeout_s)));
        let ended = self.task.await.map_err(io::Error::other)?;
        tracing::info!("stopped");
        Ok(ended?)
    }

    /// Serves until `SIGTERM` or `SIGINT`, then stops.
    pub async fn until_told(mut self) -> Result<(), StartError> {
        tokio::select! {
            () = told_to_stop() => self.stop().await,
            ended = &mut self.task => Ok(ended.map_err(io::Error::other)??),
        }
    }
}

/// Serves on `listener` until `SIGTERM` or `SIGINT`.
pub async fn serve(config: Config, listener: TcpListener) -> Result<(), StartError> {
    Server::start_on(config, listener).await?.until_told().await
}

#[cfg(unix)]
async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut term) = signal(SignalKind::terminate()) else { return std::future::pending().await };
    tokio::select! {
        _ = term.recv() => tracing::info!("SIGTERM: stopping"),
        _ = tokio::signal::ctrl_c() => tracing::info!("SIGINT: stopping"),
    }
}

#[cfg(not(unix))]
async fn told_to_stop() {
    let _ = tokio::signal::ctrl_c().await;
}

impl App {
    /// Opens the data folder, making what is missing.
    pub async fn open(config: Config) -> Result<Arc<Self>, StartError> {
        Self::open_by(config, Arc::new(SystemClock)).await
    }

    /// The same, living by a clock of the caller's.
    pub async fn open_by(config: Config, clock: Arc<dyn Clock>) -> Result<Arc<Self>, StartError> {
        let folder = config.data.clone();
        let failed = |detail: String| StartError::Data { folder: folder.display().to_string(), detail };
        let opening = folder.clone();
        let opened = tokio::task::spawn_blocking(move || open(&opening)).await.map_err(|error| failed(error.to_string()))?;
        let (hub, accounts, storage, files) = opened.map_err(|error| failed(error.to_string()))?;
        Ok(Arc::new(Self {
            hub,
            accounts,
            clock,
            storage,
            files,
            rates: Rates::new(&config),
            requests: Semaphore::new(config.requests_max),
            pulls: Arc::new(Semaphore::new(config.pulls_max)),
            live: Arc::new(Semaphore::new(config.live_max)),
            stopping: CancellationToken::new(),
            config,
        }))
    }
}

type Opened = (Arc<Hub>, Accounts, Arc<dyn Storage>, Files);

/// Opens what lies in the data folder.
fn open(folder: &Path) -> Result<Opened, Box<dyn std::error::Error + Send + Sync>> {
    make_private(folder)?;
    let storage: Arc<dyn Storage> = Arc::new(SqliteStorage::open(&folder.join(DATABASE))?);
    let keys = Arc::new(Keys::load(storage.as_ref())?);
    let hub = Arc::new(Hub::new(Arc::clone(&storage), Arc::clone(&keys))?);
    Ok((hub, Accounts::new(Arc::clone(&storage), keys), storage, Files::open(folder)?))
}

/// Makes a folder where there is none, for its owner alone: a data folder, and a copy of one, hold the server's keys.
pub fn make_private(folder: &Path) -> io::Result<()> {
    let mut maker = std::fs::DirBuilder::new();
    maker.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut maker, 0o700);
    maker.create(folder)
}

/// What is done now and then, until the server stops.
async fn housekeeping(app: Arc<App>, tls: Option<RustlsConfig>) {
    let stopping = app.stopping.clone();
    let work = async {
        let mut minute = interval(MINUTE);
        minute.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut minutes = 0_u32;
        loop {
            minute.tick().await;
            app.rates.forget_quiet();
            if let Some(recorder) = health::recorder() {
                recorder.run_upkeep();
            }
            if minutes.is_multiple_of(SWEEP_MINUTES) {
                match files::sweep(&app).await {
                    Ok(0) => {}
                    Ok(count) => tracing::info!(count, "expired uploads forgotten"),
                    Err(fault) => tracing::warn!(problem = %fault.problem, "expired uploads could not be forgotten"),
                }
            }
            minutes = minutes.wrapping_add(1);
            // A renewed certificate is taken into use without a restart.
            if let (Some(tls), Some(cert), Some(key)) = (&tls, &app.config.tls_cert, &app.config.tls_key)
                && let Err(error) = tls::reload(tls, cert, key)
            {
                tracing::warn!(%error, "the certificate could not be read again; the old one stays in use");
            }
        }
    };
    tokio::select! {
        () = stopping.cancelled() => {}
        () = work => {}
    }
}
