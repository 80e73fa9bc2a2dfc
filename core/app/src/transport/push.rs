//! Push: one frame there, one frame back.

use haitang_protocol::frame::{self, FrameKind};
use haitang_protocol::push::{Push, PushAnswer};
use http::Method;
use http::header::CONTENT_TYPE;

use super::{FRAME_TYPE, Transport, checked, is, whole};
use crate::error::AppError;

impl Transport {
    /// Sends commands and waits for what became of them.
    pub(crate) async fn push(&self, push: &Push) -> Result<PushAnswer, AppError> {
        let body = frame::to_vec(FrameKind::Push, push)?;
        let request = self.request(Method::POST, "/v1/push").header(CONTENT_TYPE, FRAME_TYPE);
        let response = checked(self.send(self.authorised(request).await?, body).await?).await?;
        if !is(&response, FRAME_TYPE) {
            return Err(AppError::Portal);
        }
        Ok(frame::only(&whole(response).await?)?.read(FrameKind::PushAnswer)?)
    }
}
