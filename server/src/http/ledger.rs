//! The ledger of an org, for those with a role there.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use chrono::NaiveDate;
use haitang_domain::Id;
use haitang_domain::ledger::Line;
use haitang_protocol::ProblemCode;
use serde::{Deserialize, Serialize};

use super::App;
use super::caller::Caller;
use super::fault::Fault;
use crate::account::access::{READERS, holds_over};
use crate::ledger;

/// Days that one ledger may cover.
const DAYS_MAX: i64 = 10 * 366;

/// The days asked for, both included.
#[derive(Debug, Deserialize)]
pub struct Days {
    from: NaiveDate,
    to: NaiveDate,
}

/// The answer.
#[derive(Debug, Serialize)]
pub struct Ledger {
    /// The org.
    pub org: Id,
    /// Its name.
    pub name: String,
    /// One line for each approved activity, in order of day.
    pub lines: Vec<Line>,
}

/// `GET /v1/ledger/{org}?from=&to=`
pub async fn ledger(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(org): Path<String>,
    days: Result<Query<Days>, QueryRejection>,
) -> Result<Json<Ledger>, Fault> {
    let absent = || Fault::new(ProblemCode::NotFound, "there is no such org");
    let org: Id = org.parse().map_err(|_| absent())?;
    let days = days.ok().map(|Query(days)| days).filter(|days| (0..DAYS_MAX).contains(&(days.to - days.from).num_days()));
    let Days { from, to } =
        days.ok_or_else(|| Fault::new(ProblemCode::BadRequest, "from and to must be days such as 2026-01-31"))?;
    let now = app.now();
    let (may, ledger) = app
        .look(move |snapshot| {
            let may = holds_over(snapshot, caller.member, READERS, org, now)?;
            Ok((may, if may { ledger::of(snapshot, org, from, to)? } else { None }))
        })
        .await?;
    if !may {
        return Err(Fault::new(ProblemCode::Forbidden, "the ledger is for those with a role in the org or above it"));
    }
    let (found, lines) = ledger.ok_or_else(absent)?;
    Ok(Json(Ledger { org, name: found.name, lines }))
}
