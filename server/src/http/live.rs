//! Live: one long connection that only ever says "pull".
//!
//! ```text
//! event: ready        once, when from now on nothing will be missed: pull after it
//! event: pull         a feed of this device has moved on; data: a JSON list of the feeds, empty where it may be any
//! event: revoked      the device was revoked; the connection ends
//! ```

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use haitang_domain::{Feed, Id};
use haitang_protocol::{Problem, ProblemCode};
use metrics::gauge;
use tokio::sync::{OwnedSemaphorePermit, broadcast, mpsc};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until};
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;

use super::App;
use super::caller::Phone;
use super::fault::Fault;
use crate::account::token::Holder;
use crate::hub::Moved;

/// A byte this often keeps the networks between from forgetting the connection.
const KEEP_ALIVE: Duration = Duration::from_secs(25);
/// Commits in quick succession are told as one.
const GATHER: Duration = Duration::from_millis(50);
/// Events that wait for the phone to take them. One that is not taken says nothing that a later one would not.
const EVENTS_WAITING: usize = 4;

/// `GET /v1/live`
pub async fn live(State(app): State<Arc<App>>, phone: Phone) -> Result<Response, Fault> {
    let place = Arc::clone(&app.live).try_acquire_owned();
    let place = place.map_err(|_| Fault::unavailable("too many live connections", 30))?;
    // Before the feeds are read, so that what moves meanwhile is not missed.
    let moved = app.hub.subscribe();
    let feeds = app.feeds_of(phone.member).await?;
    let (events, waiting) = mpsc::channel(EVENTS_WAITING);
    tokio::spawn(async move {
        let _counted = Counted::new(place);
        tokio::select! {
            () = events.closed() => {}
            () = app.stopping.cancelled() => {}
            () = follow(&app, phone, feeds, moved, &events) => {}
        }
    });
    let stream = ReceiverStream::new(waiting).map(Ok::<_, Infallible>);
    Ok(Sse::new(stream).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)).into_response())
}

/// Keeps the count of live connections true, however the connection ends.
struct Counted(#[expect(dead_code, reason = "held for as long as the connection is")] OwnedSemaphorePermit);

impl Counted {
    fn new(place: OwnedSemaphorePermit) -> Self {
        gauge!("haitang_live_connections").increment(1.0);
        Self(place)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        gauge!("haitang_live_connections").decrement(1.0);
    }
}

async fn follow(
    app: &Arc<App>,
    phone: Phone,
    mut feeds: BTreeSet<Feed>,
    mut moved: broadcast::Receiver<Moved>,
    events: &mpsc::Sender<Event>,
) {
    let own = Feed::member(phone.member);
    let left_ms = phone.expires.since(app.now()).max(0).cast_unsigned();
    let end = sleep_until(Instant::now() + Duration::from_millis(left_ms));
    tokio::pin!(end);
    let mut check = interval(KEEP_ALIVE);
    check.set_missed_tick_behavior(MissedTickBehavior::Delay);
    if events.send(Event::default().event("ready").data("[]")).await.is_err() {
        return;
    }
    loop {
        let first = tokio::select! {
            () = &mut end => return,
            _ = check.tick() => {
                if is_revoked(app, phone.device).await {
                    let _ = events.send(Event::default().event("revoked").data("{}")).await;
                    return;
                }
                continue;
            }
            first = moved.recv() => first,
        };
        let mut all = BTreeSet::new();
        let mut missed = false;
        let mut next = Some(first);
        tokio::time::sleep(GATHER).await;
        while let Some(received) = next {
            match received {
                Ok(Moved { feeds, .. }) => all.extend(feeds.iter().copied()),
                Err(broadcast::error::RecvError::Lagged(_)) => missed = true,
                Err(broadcast::error::RecvError::Closed) => return,
            }
            next = match moved.try_recv() {
                Ok(more) => Some(Ok(more)),
                Err(broadcast::error::TryRecvError::Lagged(lagged)) => Some(Err(broadcast::error::RecvError::Lagged(lagged))),
                Err(_) => None,
            };
        }
        // The member's own feed holds their appointments: it moves when what they may read changes.
        if missed || all.contains(&own) {
            match app.feeds_of(phone.member).await {
                Ok(now) => feeds = now,
                Err(_) => return,
            }
        }
        let mine: Vec<Feed> = all.intersection(&feeds).copied().collect();
        if mine.is_empty() && !missed {
            continue;
        }
        let told = if missed { Vec::new() } else { mine };
        let Ok(event) = Event::default().event("pull").json_data(told) else { return };
        if events.send(event).await.is_err() {
            return;
        }
    }
}

async fn is_revoked(app: &App, device: Id) -> bool {
    let checked = app.accounts.check_holder(Holder::Device(device)).await;
    matches!(checked, Err(Problem { code: ProblemCode::Revoked, .. }))
}
