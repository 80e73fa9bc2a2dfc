//! Enrolment, challenges, tokens and passwords, as JSON.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use haitang_protocol::ProblemCode;
use haitang_protocol::account::{Challenge, ChallengeRequest, Enrol, Enrolled, Enrolment, NewEnrolment, Token, TokenRequest};
use serde::Deserialize;

use super::App;
use super::body::json;
use super::caller::{Caller, Sender, asked_by};
use super::fault::Fault;
use crate::account::access::keeps_member;
use crate::account::token::Holder;

/// `POST /v1/login`: a person at a desk.
#[derive(Deserialize)]
pub struct Login {
    /// The account's name.
    pub name: String,
    /// Its password.
    pub password: String,
}

/// `POST /v1/enrol`
pub async fn enrol(State(app): State<Arc<App>>, Sender(address): Sender, request: Request) -> Result<Json<Enrolled>, Fault> {
    app.rates.attempt(address)?;
    let enrol: Enrol = json(request).await?;
    Ok(Json(app.accounts.enrol(enrol, app.now()).await?))
}

/// `POST /v1/challenge`
pub async fn challenge(State(app): State<Arc<App>>, _: Sender, request: Request) -> Result<Json<Challenge>, Fault> {
    let ChallengeRequest { device } = json(request).await?;
    Ok(Json(app.accounts.challenge(device, app.now())?))
}

/// `POST /v1/token`
pub async fn token(State(app): State<Arc<App>>, _: Sender, request: Request) -> Result<Json<Token>, Fault> {
    let request: TokenRequest = json(request).await?;
    // Who they say they are; the log says beside it whether it was believed.
    asked_by(Holder::Device(request.device));
    Ok(Json(app.accounts.token(request, app.now()).await?))
}

/// `POST /v1/login`
pub async fn login(State(app): State<Arc<App>>, Sender(address): Sender, request: Request) -> Result<Json<Token>, Fault> {
    app.rates.attempt(address)?;
    let Login { name, password } = json(request).await?;
    let guess = app.rates.guess(&name, address).inspect_err(|_| app.accounts.tell_slowed(&name))?;
    let token = app.accounts.login(name, password, app.now()).await?;
    guess.was_right();
    Ok(Json(token))
}

/// `POST /v1/enrolments`
pub async fn new_enrolment(State(app): State<Arc<App>>, caller: Caller, request: Request) -> Result<Json<Enrolment>, Fault> {
    let NewEnrolment { member } = json(request).await?;
    let now = app.now();
    let may = app.look(move |snapshot| keeps_member(snapshot, caller.member, member, now)).await?;
    // Whether there is such a member is told to those alone who keep them.
    if may != Some(true) {
        let detail = "only a secretary or admin of the member's org, or of one above it, makes codes for its members";
        return Err(Fault::new(ProblemCode::Forbidden, detail));
    }
    let (code, expires) = app.accounts.make_code(member, Some(caller.member), now).await?;
    Ok(Json(Enrolment { code, expires }))
}
