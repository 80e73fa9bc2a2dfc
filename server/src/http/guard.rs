//! What every answer tells a browser that strays here: show nothing, keep nothing, come by TLS.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// Nothing in an answer is a page: nothing of it is loaded, run, framed or sent on.
const POLICY: &str =
    "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";
/// Two years, and for whatever is below this host too.
const TLS_ONLY: &str = "max-age=63072000";

const ALWAYS: [(HeaderName, &str); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::REFERRER_POLICY, "no-referrer"),
    // Nearly all answers hold somebody's data, and phones keep what they need themselves.
    (header::CACHE_CONTROL, "no-store"),
];

/// Puts them on an answer; `tls` where the server is reached by HTTPS.
pub fn guard(headers: &mut HeaderMap, tls: bool) {
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if tls {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(TLS_ONLY));
    }
}
