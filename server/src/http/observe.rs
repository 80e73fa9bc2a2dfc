//! Around every request: its id, its time limit, its log line, its metrics, the headers of every answer, and a net under panics.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use haitang_protocol::{Problem, ProblemCode};
use metrics::{counter, histogram};
use tracing::Instrument;
use tracing::field::Empty;

use super::App;
use super::caller::address;
use super::fault::Fault;
use super::guard::guard;
use crate::account::code::new_id;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const REQUEST_ID_BYTES_MAX: usize = 64;

/// The id the sender gave if it is a sane one, else a new one.
fn request_id(app: &App, request: &Request) -> String {
    let sane = |id: &&str| {
        (1..=REQUEST_ID_BYTES_MAX).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
    };
    let given = request.headers().get(REQUEST_ID).and_then(|value| value.to_str().ok()).filter(sane);
    let new = || new_id(app.now()).map_or_else(|_| "unnamed".into(), |id| id.to_string().replace('-', ""));
    given.map_or_else(new, ToOwned::to_owned)
}

/// The longest that a piece of an upload may take, on the slowest of networks.
const UPLOAD: Duration = Duration::from_hours(1);

/// How long a request may take. A piece of an upload has a limit of its own between its bytes besides.
fn limit(app: &App, request: &Request) -> Duration {
    if request.method() == axum::http::Method::PATCH { UPLOAD } else { app.config.request_timeout() }
}

/// The outermost layer.
pub async fn observe(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let id = request_id(&app, &request);
    let method = request.method().clone();
    // The route's pattern and never the path: ids in it would make a time series each.
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", |path| path.as_str()).to_owned();
    let from = address(&app, request.headers(), request.extensions());
    // Who asks is known once their token has been looked at: see [`super::caller`].
    let span = tracing::info_span!("request", %id, %method, route, %from, by = Empty);
    let mut response = run(&app, request, next).instrument(span.clone()).await;

    if let Some(problem) = response.extensions().get::<Problem>().filter(|problem| problem.code == ProblemCode::Internal) {
        let named = problem.clone().with("request", &id);
        response = Fault::from(named).into_response();
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    guard(response.headers_mut(), app.config.is_https());
    let status = response.status().as_u16();
    let problem = response.extensions().get::<Problem>().map(|problem| problem.code.as_str());
    let took = began.elapsed();
    // What asks every few seconds would drown the rest.
    let is_watched = matches!(route.as_str(), "/healthz" | "/metrics");
    counter!("haitang_http_requests_total", "route" => route.clone(), "method" => method.to_string(), "status" => status.to_string())
        .increment(1);
    histogram!("haitang_http_request_seconds", "route" => route).record(took.as_secs_f64());
    span.in_scope(|| {
        let took_ms = took.as_millis() as u64;
        if status >= 500 {
            tracing::warn!(status, problem, took_ms, "answered");
        } else if is_watched {
            tracing::debug!(status, problem, took_ms, "answered");
        } else {
            tracing::info!(status, problem, took_ms, "answered");
        }
    });
    response
}

async fn run(app: &App, request: Request, next: Next) -> Response {
    let Ok(_turn) = app.requests.try_acquire() else {
        return Fault::unavailable("too many requests in hand", 2).into_response();
    };
    let limit = limit(app, &request);
    let answer = AssertUnwindSafe(next.run(request)).catch_unwind();
    let Ok(answer) = tokio::time::timeout(limit, answer).await else {
        return Fault::unavailable("the request took too long", 5).into_response();
    };
    answer.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<&str>().map(ToString::to_string).or_else(|| panic.downcast_ref::<String>().cloned());
        Fault::internal(format!("panic: {}", text.unwrap_or_default())).into_response()
    })
}
