//! Problems as answers: `application/problem+json` with the status that belongs to the code.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use haitang_protocol::limits::FRAME_RAW_BYTES_MAX;
use haitang_protocol::version::{VERSION, VERSION_MIN};
use haitang_protocol::{FrameError, Problem, ProblemCode};
use serde::Serialize;

/// A problem on its way out. What every handler fails with.
#[derive(Debug, Clone)]
pub struct Fault {
    /// What the phone is told.
    pub problem: Problem,
    /// Another status than the code's own, where a protocol of its own (tus) asks for it.
    pub status: Option<StatusCode>,
}

/// The body: the problem, and its status beside it as RFC 9457 has it.
#[derive(Serialize)]
struct Body<'a> {
    status: u16,
    #[serde(flatten)]
    problem: &'a Problem,
}

impl Fault {
    /// A problem with a text.
    pub fn new(code: ProblemCode, detail: impl Into<String>) -> Self {
        Problem::new(code, detail).into()
    }

    /// A fault of the server's own: the cause goes to the log, and nothing of it to the phone.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        tracing::error!(%cause, "internal fault");
        Self::new(ProblemCode::Internal, "a fault of the server's own")
    }

    /// Not now; the phone may try again after `seconds`.
    pub fn unavailable(detail: &str, seconds: u64) -> Self {
        Problem::new(ProblemCode::Unavailable, detail).with("after_s", seconds).into()
    }

    /// With another status than the code's own.
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.status = Some(status);
        self
    }
}

impl From<Problem> for Fault {
    fn from(problem: Problem) -> Self {
        Self { problem, status: None }
    }
}

impl From<FrameError> for Fault {
    fn from(error: FrameError) -> Self {
        let detail = error.to_string();
        match error {
            FrameError::WrongVersion { theirs } => Problem::new(ProblemCode::WrongVersion, detail)
                .with("theirs", theirs)
                .with("oldest", VERSION_MIN)
                .with("newest", VERSION)
                .into(),
            FrameError::TooLarge { .. } => Problem::new(ProblemCode::TooLarge, detail).with("limit", FRAME_RAW_BYTES_MAX).into(),
            FrameError::Truncated
            | FrameError::NotAFrame
            | FrameError::WrongKind { .. }
            | FrameError::Corrupt
            | FrameError::Unreadable(_) => Self::new(ProblemCode::BadFrame, detail),
        }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let Self { problem, status } = self;
        let status =
            status.or_else(|| StatusCode::from_u16(problem.code.status()).ok()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        // A problem is strings only: serde_json cannot fail on it.
        let body = serde_json::to_vec(&Body { status: status.as_u16(), problem: &problem }).unwrap_or_default();
        let mut response = (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response();
        let headers = response.headers_mut();
        if let Some(after) = problem.values.get("after_s").and_then(|value| HeaderValue::from_str(value).ok()) {
            headers.insert(header::RETRY_AFTER, after);
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        // For the outermost layer, which counts it and names the request in faults of the server's own.
        response.extensions_mut().insert(problem);
        response
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// What a phone of another language reads is what it was written against.
    #[tokio::test]
    async fn problems_are_sent_as_their_golden_files_have_them() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/contract/golden/problems");
        let mut seen = 0;
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let kept = std::fs::read_to_string(entry.expect("an entry").path()).expect("reads");
            let problem: Problem = serde_json::from_str(&kept).expect("a problem");
            let (code, after) = (problem.code, problem.values.get("after_s").cloned());
            let (parts, body) = Fault::from(problem).into_response().into_parts();
            let body = axum::body::to_bytes(body, 64 * 1024).await.expect("a body");
            assert_eq!(String::from_utf8_lossy(&body), kept.trim_end());
            assert_eq!(parts.status.as_u16(), code.status());
            assert_eq!(parts.headers[header::CONTENT_TYPE], "application/problem+json");
            assert_eq!(parts.headers.get(header::RETRY_AFTER).map(|value| value.to_str().expect("text").to_owned()), after);
            seen += 1;
        }
        assert!(seen >= 21, "{seen}");
    }
}
