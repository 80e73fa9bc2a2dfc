//! Push and pull: frames in, frames out.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::StreamExt;
use haitang_protocol::frame::{self, FrameKind};
use haitang_protocol::limits::{PUSH_BYTES_MAX, PUSH_COMMANDS_MAX};
use haitang_protocol::pull::Pull;
use haitang_protocol::push::Push;
use haitang_protocol::{Problem, ProblemCode};
use metrics::{counter, gauge};
use tokio::runtime::Handle;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use super::App;
use super::body::{self, FRAME_TYPE};
use super::caller::Phone;
use super::fault::Fault;

/// Frames of a pull that wait for the phone to take them.
const FRAMES_WAITING: usize = 4;
/// A phone that takes nothing for this long is gone.
const STALL: Duration = Duration::from_mins(1);

/// `POST /v1/push`
pub async fn push(State(app): State<Arc<App>>, phone: Phone, request: Request) -> Result<Response, Fault> {
    let bytes = body::frame(request).await?;
    let push: Push = frame::only(&bytes)?.read(FrameKind::Push)?;
    drop(bytes);
    if push.device != phone.device {
        return Err(Fault::new(ProblemCode::NotYourDevice, "the token belongs to another device"));
    }
    if push.commands.len() > PUSH_COMMANDS_MAX {
        return Err(too_large("too many commands in one push", PUSH_COMMANDS_MAX));
    }
    if push.commands.iter().map(|command| command.len()).sum::<usize>() > PUSH_BYTES_MAX {
        return Err(too_large("the commands of one push are too long", PUSH_BYTES_MAX));
    }
    let received = app.now();
    // In a task of its own: once taken in hand it is finished and counted, even if the phone has hung up meanwhile.
    let hub = Arc::clone(&app.hub);
    let answer = tokio::spawn(async move { hub.push(phone.device, push, received).await }).await.map_err(Fault::internal)??;
    let frame = frame::to_vec(FrameKind::PushAnswer, &answer).map_err(Fault::internal)?;
    Ok(body::frames(frame).into_response())
}

fn too_large(detail: &str, limit: usize) -> Fault {
    Problem::new(ProblemCode::TooLarge, detail).with("limit", limit).into()
}

/// `POST /v1/pull`
pub async fn pull(State(app): State<Arc<App>>, phone: Phone, request: Request) -> Result<Response, Fault> {
    let bytes = body::frame(request).await?;
    let pull: Pull = frame::only(&bytes)?.read(FrameKind::Pull)?;
    drop(bytes);
    let turn = Arc::clone(&app.pulls).acquire_owned().await.map_err(Fault::internal)?;
    let (sender, mut frames) = mpsc::channel::<Result<Bytes, Cut>>(FRAMES_WAITING);
    let worker = tokio::task::spawn_blocking({
        let app = Arc::clone(&app);
        move || {
            let _turn = turn;
            gauge!("haitang_pulls").increment(1.0);
            let runtime = Handle::current();
            let send = |frame: Vec<u8>| {
                counter!("haitang_pull_bytes_total").increment(frame.len() as u64);
                // This thread blocks while the phone reads slowly, and gives up on one that has stopped reading.
                let sending = tokio::time::timeout(STALL, sender.send(Ok(Bytes::from(frame))));
                matches!(runtime.block_on(sending), Ok(Ok(())))
            };
            let result = app.hub.pull(phone.device, phone.member, pull, app.now(), send);
            if let Err(problem) = &result {
                // After the first frame there is no status left to send: the phone sees a cut answer, and pulls again.
                let _ = sender.try_send(Err(Cut(problem.clone())));
            }
            gauge!("haitang_pulls").decrement(1.0);
            result
        }
    });
    match frames.recv().await {
        Some(Ok(first)) => {
            let rest = ReceiverStream::new(frames);
            let stream = futures_util::stream::iter([Ok(first)]).chain(rest);
            Ok(([(header::CONTENT_TYPE, FRAME_TYPE)], Body::from_stream(stream)).into_response())
        }
        Some(Err(Cut(problem))) => Err(problem.into()),
        None => match worker.await.map_err(Fault::internal)? {
            Err(problem) => Err(problem.into()),
            Ok(()) => Err(Fault::internal("a pull that sent nothing")),
        },
    }
}

/// An answer that ends early.
#[derive(Debug, thiserror::Error)]
#[error("the answer is cut: {0}")]
struct Cut(Problem);
