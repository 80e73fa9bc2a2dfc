//! Pull: one frame there, a stream of frames back.

use futures_util::StreamExt as _;
use haitang_protocol::frame::{self, Frame, FrameKind, FrameReader};
use haitang_protocol::pull::Pull;
use reqwest::header::CONTENT_TYPE;
use tokio::sync::mpsc;

use super::{FRAME_TYPE, Transport, checked, is};
use crate::error::AppError;

/// Frames that are received ahead of the one being stored: the network works while the disk does, in bounded memory.
const AHEAD: usize = 2;

/// The frames of one answer, as they arrive.
#[derive(Debug)]
pub(crate) struct PullStream {
    frames: mpsc::Receiver<Result<Frame, AppError>>,
    task: tokio::task::JoinHandle<()>,
}

impl PullStream {
    /// The next frame; `None` where the stream ended.
    pub(crate) async fn next(&mut self) -> Option<Result<Frame, AppError>> {
        self.frames.recv().await
    }
}

impl Drop for PullStream {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Transport {
    /// Asks for changes.
    pub(crate) async fn pull(&self, pull: &Pull) -> Result<PullStream, AppError> {
        let body = frame::to_vec(FrameKind::Pull, pull)?;
        let request = self.client.post(self.url("/v1/pull")).header(CONTENT_TYPE, FRAME_TYPE).body(body);
        let response = checked(self.authorised(request).await?.send().await?).await?;
        if !is(&response, FRAME_TYPE) {
            return Err(AppError::Portal);
        }
        let (sender, frames) = mpsc::channel(AHEAD);
        let task = tokio::spawn(async move {
            let mut reader = FrameReader::default();
            let mut bytes = response.bytes_stream();
            while let Some(piece) = bytes.next().await {
                match piece {
                    Ok(piece) => reader.push(&piece),
                    Err(error) => {
                        let _ = sender.send(Err(error.into())).await;
                        return;
                    }
                }
                loop {
                    match reader.take() {
                        Ok(Some(frame)) => {
                            if sender.send(Ok(frame)).await.is_err() {
                                return;
                            }
                        }
                        Ok(None) => break,
                        Err(error) => {
                            let _ = sender.send(Err(error.into())).await;
                            return;
                        }
                    }
                }
            }
        });
        Ok(PullStream { frames, task })
    }
}
