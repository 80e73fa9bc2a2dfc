//! Whether the server is well, and what it has done: for the operator's tools.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use haitang_protocol::ProblemCode;
use metrics::{Unit, describe_counter, describe_gauge, describe_histogram, gauge};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use serde::Serialize;

use super::App;
use super::caller::carries;
use super::fault::Fault;

/// The answer of `/healthz`.
#[derive(Debug, Serialize)]
pub struct Health {
    /// `ok`, or what is wrong.
    status: &'static str,
    /// The version of this build.
    version: &'static str,
    /// Whether the storage answers.
    storage: bool,
    /// Bytes free on the disk of the data folder; `null` where the system does not say.
    disk_free_bytes: Option<u64>,
}

/// Bytes free to this process on the disk that holds `folder`.
pub fn disk_free(folder: &Path) -> Option<u64> {
    rustix::fs::statvfs(folder).ok().map(|disk| disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// Whether the disk has less left than the configuration asks for.
pub fn is_full(app: &App) -> bool {
    disk_free(&app.config.data).is_some_and(|free| free < app.config.disk_free_min_mb * 1024 * 1024)
}

/// `GET /healthz`
pub async fn healthz(State(app): State<Arc<App>>) -> Response {
    let storage = tokio::time::timeout(std::time::Duration::from_secs(2), app.accounts.storage_answers()).await.unwrap_or(false);
    let disk_free_bytes = disk_free(&app.config.data);
    let status = match (storage, is_full(&app), app.stopping.is_cancelled()) {
        (false, ..) => "storage does not answer",
        (_, true, _) => "disk is nearly full",
        (.., true) => "stopping",
        _ => "ok",
    };
    let code = if status == "ok" { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (code, Json(Health { status, version: env!("CARGO_PKG_VERSION"), storage, disk_free_bytes })).into_response()
}

/// The recorder of this process; there can be only one.
pub fn recorder() -> Option<&'static PrometheusHandle> {
    static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    let make = || {
        let buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0];
        let handle = PrometheusBuilder::new().set_buckets(&buckets).ok()?.install_recorder().ok()?;
        describe_counter!("haitang_http_requests_total", "Requests by route, method and status");
        describe_histogram!("haitang_http_request_seconds", Unit::Seconds, "Time until the answer began, by route");
        describe_counter!("haitang_commands_total", "Commands by outcome, and where they were refused by code");
        describe_counter!("haitang_pull_bytes_total", Unit::Bytes, "Bytes of frames sent in answer to pulls");
        describe_gauge!("haitang_pulls", "Pulls in hand");
        describe_gauge!("haitang_requests", "Requests in hand");
        describe_gauge!("haitang_queue_depth", "Pushes that wait for their shard's writer");
        describe_gauge!("haitang_live_connections", "Live connections open");
        describe_counter!("haitang_file_bytes_total", Unit::Bytes, "Bytes of files received");
        describe_counter!("haitang_files_total", "Files that arrived whole, by outcome: stored, duplicate or mismatch");
        describe_gauge!("haitang_disk_free_bytes", Unit::Bytes, "Bytes free on the disk of the data folder");
        Some(handle)
    };
    HANDLE.get_or_init(make).as_ref()
}

/// `GET /metrics`
pub async fn metrics(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, Fault> {
    if app.config.metrics_token.as_ref().is_some_and(|token| !carries(&headers, token.reveal())) {
        return Err(Fault::new(ProblemCode::Unauthorized, "the metrics need their own token"));
    }
    gauge!("haitang_requests").set((app.config.requests_max - app.requests.available_permits()) as f64);
    gauge!("haitang_queue_depth").set(app.hub.queue_depth() as f64);
    if let Some(free) = disk_free(&app.config.data) {
        gauge!("haitang_disk_free_bytes").set(free as f64);
    }
    let text =
        recorder().map(PrometheusHandle::render).ok_or_else(|| Fault::internal("another metrics recorder is installed"))?;
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response())
}
