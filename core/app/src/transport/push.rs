//! Push: one frame there, one frame back.

use haitang_protocol::frame::{self, FrameKind};
use haitang_protocol::push::{Push, PushAnswer};
use reqwest::header::CONTENT_TYPE;

use super::{FRAME_TYPE, Transport, checked, is};
use crate::error::AppError;

impl Transport {
    /// Sends commands and waits for what became of them.
    pub(crate) async fn push(&self, push: &Push) -> Result<PushAnswer, AppError> {
        let body = frame::to_vec(FrameKind::Push, push)?;
        let request = self.client.post(self.url("/v1/push")).header(CONTENT_TYPE, FRAME_TYPE).body(body);
        let response = checked(self.authorised(request).await?.send().await?).await?;
        if !is(&response, FRAME_TYPE) {
            return Err(AppError::Portal);
        }
        Ok(frame::only(&response.bytes().await?)?.read(FrameKind::PushAnswer)?)
    }
}
