//! Who asks: the sender's address, and the holder of the token.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, header};
use haitang_domain::{Id, Timestamp};
use haitang_protocol::{Problem, ProblemCode};

use super::App;
use super::fault::Fault;
use crate::account::token::Holder;

/// The address of the sender, once its rate is known to be within its limit. For routes without a token.
#[derive(Clone, Copy, Debug)]
pub struct Sender(pub IpAddr);

/// Where a request comes from.
pub fn address(app: &App, headers: &HeaderMap, extensions: &Extensions) -> IpAddr {
    // Only the last entry was written by the operator's own proxy; what stands before it is the sender's invention.
    let forwarded = |headers: &HeaderMap| -> Option<IpAddr> {
        let last = headers.get_all("x-forwarded-for").iter().next_back()?;
        last.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
    };
    let forwarded = app.config.trust_forwarded.then(|| forwarded(headers)).flatten();
    let direct = || extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    forwarded.or_else(direct).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
}

impl FromRequestParts<Arc<App>> for Sender {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Fault> {
        let address = address(app, &parts.headers, &parts.extensions);
        app.rates.address(address)?;
        Ok(Self(address))
    }
}

/// The holder of a genuine token that has not ended, whose device or account was not revoked, within its rate limit.
#[derive(Clone, Copy, Debug)]
pub struct Caller {
    /// The device or account.
    pub holder: Holder,
    /// The member who acts.
    pub member: Id,
    /// When the token ends.
    pub expires: Timestamp,
}

/// Names who asks in the log of the request in hand.
pub fn asked_by(holder: Holder) {
    tracing::Span::current().record("by", tracing::field::display(holder));
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

impl FromRequestParts<Arc<App>> for Caller {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Fault> {
        let checked = bearer(&parts.headers)
            .ok_or_else(|| Problem::new(ProblemCode::Unauthorized, "a token is needed"))
            .and_then(|token| app.accounts.check_token(token, app.now()));
        let claims = match checked {
            Ok(claims) => claims,
            Err(problem) => {
                // Guessing at tokens is counted against the address, since nobody else can be named.
                app.rates.address(address(app, &parts.headers, &parts.extensions))?;
                return Err(problem.into());
            }
        };
        asked_by(claims.holder);
        app.rates.device(claims.holder.id())?;
        app.accounts.check_holder(claims.holder).await?;
        Ok(Self { holder: claims.holder, member: claims.member, expires: claims.expires })
    }
}

/// A [`Caller`] that is a phone.
#[derive(Clone, Copy, Debug)]
pub struct Phone {
    /// The device.
    pub device: Id,
    /// Whose it is.
    pub member: Id,
    /// When the token ends.
    pub expires: Timestamp,
}

impl FromRequestParts<Arc<App>> for Phone {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Fault> {
        let Caller { holder, member, expires } = Caller::from_request_parts(parts, app).await?;
        match holder {
            Holder::Device(device) => Ok(Self { device, member, expires }),
            Holder::Account(_) => Err(Fault::new(ProblemCode::Forbidden, "only an enrolled device may do this")),
        }
    }
}

/// Whether the request carries `wanted` as its bearer token, compared in constant time.
pub fn carries(headers: &HeaderMap, wanted: &str) -> bool {
    use subtle::ConstantTimeEq;
    bearer(headers).is_some_and(|token| token.as_bytes().ct_eq(wanted.as_bytes()).into())
}
