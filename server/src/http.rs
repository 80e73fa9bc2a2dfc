//! The server over HTTP: what phones, the console and the operator's tools speak to.

pub mod accounts;
mod body;
mod caller;
pub mod fault;
pub mod files;
mod guard;
pub mod health;
pub mod ledger;
pub mod live;
mod observe;
pub mod openapi;
mod rate;
pub mod route;
mod serve;
pub mod sync;
#[cfg(test)]
mod tests;
mod tls;

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use haitang_domain::{Feed, Id, Timestamp};
use haitang_protocol::{Problem, ProblemCode};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use crate::account::Accounts;
use crate::account::access::look;
use crate::clock::Clock;
use crate::config::Config;
use crate::hub::Hub;
use crate::storage::{Result as Stored, Snapshot, Storage};
use fault::Fault;
use files::store::Files;
use rate::Rates;

pub use serve::{Running, Server, StartError, make_private, serve};

/// What every handler can reach.
pub struct App {
    /// The configuration.
    pub config: Config,
    /// The writers of the shards.
    pub hub: Arc<Hub>,
    /// Devices, accounts, one-time codes and tokens.
    pub accounts: Accounts,
    /// Cancelled when the server stops.
    pub stopping: CancellationToken,
    clock: Arc<dyn Clock>,
    storage: Arc<dyn Storage>,
    files: Files,
    rates: Rates,
    requests: Semaphore,
    pulls: Arc<Semaphore>,
    live: Arc<Semaphore>,
}

impl App {
    /// The server's clock.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The storage, for commands that run beside the server.
    pub fn storage(&self) -> &Arc<dyn Storage> {
        &self.storage
    }

    /// Asks the storage something, away from the threads that serve the network.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&dyn Storage) -> Stored<T> + Send + 'static,
    ) -> Result<T, Fault> {
        let storage = Arc::clone(&self.storage);
        let answer = tokio::task::spawn_blocking(move || ask(storage.as_ref())).await.map_err(Fault::internal)?;
        answer.map_err(|error| Problem::from(error).into())
    }

    /// Looks at one consistent view of the storage, away from the threads that serve the network.
    pub(crate) async fn look<T: Send + 'static>(
        &self,
        at: impl FnOnce(&dyn Snapshot) -> Stored<T> + Send + 'static,
    ) -> Result<T, Fault> {
        self.ask(move |storage| look(storage, at)).await
    }

    /// The feeds that a member may read now.
    pub(crate) async fn feeds_of(&self, member: Id) -> Result<BTreeSet<Feed>, Fault> {
        let (hub, now) = (Arc::clone(&self.hub), self.now());
        let feeds = tokio::task::spawn_blocking(move || hub.feeds_of(member, now)).await.map_err(Fault::internal)?;
        Ok(feeds?.into_iter().collect())
    }
}

/// The whole application as a service.
pub fn router(app: &Arc<App>) -> Router {
    route::router()
        .fallback(|| async { Fault::new(ProblemCode::NotFound, "there is nothing at this path") })
        .method_not_allowed_fallback(|| async {
            let fault = Fault::new(ProblemCode::BadRequest, "this path does not know this method");
            fault.with_status(axum::http::StatusCode::METHOD_NOT_ALLOWED)
        })
        .layer(from_fn_with_state(Arc::clone(app), observe::observe))
        .with_state(Arc::clone(app))
}
