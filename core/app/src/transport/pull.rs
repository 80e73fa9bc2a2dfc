//! Pull: one frame there, a stream of frames back.

use futures_util::stream::{self, BoxStream};
use futures_util::{Stream, StreamExt as _};
use haitang_protocol::frame::{self, Frame, FrameKind, FrameReader};
use haitang_protocol::pull::Pull;
use http::Method;
use http::header::CONTENT_TYPE;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::{FRAME_TYPE, Transport, checked, is};
use crate::error::AppError;
use crate::network::Body;
use crate::surroundings::Threads;

/// Frames that are received ahead of the one being stored: the network works while the disk does, in bounded memory.
const AHEAD: usize = 2;

/// The frames of one answer, as they arrive.
pub(crate) struct PullStream {
    frames: BoxStream<'static, Result<Frame, AppError>>,
    /// Receives ahead.
    task: Option<JoinHandle<()>>,
}

impl PullStream {
    /// The next frame; `None` where the stream ended.
    pub(crate) async fn next(&mut self) -> Option<Result<Frame, AppError>> {
        self.frames.next().await
    }

    /// Receives ahead of what is asked for.
    fn ahead(mut frames: BoxStream<'static, Result<Frame, AppError>>) -> Self {
        let (sender, receiver) = mpsc::channel(AHEAD);
        let task = tokio::spawn(async move {
            while let Some(frame) = frames.next().await {
                if sender.send(frame).await.is_err() {
                    return;
                }
            }
        });
        let received = stream::unfold(receiver, async |mut receiver| Some((receiver.recv().await?, receiver)));
        Self { frames: received.boxed(), task: Some(task) }
    }
}

impl Drop for PullStream {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}

/// The frames in `body`; the first error is the last item.
fn frames_of(body: Body) -> impl Stream<Item = Result<Frame, AppError>> + Send {
    let begin = (body, FrameReader::default(), false);
    stream::unfold(begin, async |(mut body, mut reader, ended)| {
        if ended {
            return None;
        }
        loop {
            match reader.take() {
                Ok(Some(frame)) => return Some((Ok(frame), (body, reader, false))),
                Ok(None) => {}
                Err(error) => return Some((Err(error.into()), (body, reader, true))),
            }
            match body.next().await? {
                Ok(piece) => reader.push(&piece),
                Err(error) => return Some((Err(error), (body, reader, true))),
            }
        }
    })
}

impl Transport {
    /// Asks for changes.
    pub(crate) async fn pull(&self, pull: &Pull, threads: Threads) -> Result<PullStream, AppError> {
        let body = frame::to_vec(FrameKind::Pull, pull)?;
        let request = self.request(Method::POST, "/v1/pull").header(CONTENT_TYPE, FRAME_TYPE);
        let response = checked(self.send(self.authorised(request).await?, body).await?).await?;
        if !is(&response, FRAME_TYPE) {
            return Err(AppError::Portal);
        }
        let frames = frames_of(response.into_body()).boxed();
        Ok(match threads {
            Threads::Runtime => PullStream::ahead(frames),
            Threads::None => PullStream { frames, task: None },
        })
    }
}
