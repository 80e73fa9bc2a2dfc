//! The live connection: server-sent events that only ever say "pull".

use bytes::Bytes;
use futures_util::StreamExt as _;
use http::Method;
use http::header::ACCEPT;

use super::{Transport, checked, is};
use crate::error::AppError;

/// The longest line of an event; a server that sends longer ones is not ours.
const LINE_BYTES_MAX: usize = 64 * 1024;

impl Transport {
    /// Listens until the connection ends, calling `moved` when the server begins to tell and each time a feed of this device has moved on.
    pub(crate) async fn listen(&self, moved: impl Fn()) -> Result<(), AppError> {
        let request = self.request(Method::GET, "/v1/live").header(ACCEPT, "text/event-stream");
        let response = checked(self.send(self.authorised(request).await?, Bytes::new()).await?).await?;
        if !is(&response, "text/event-stream") {
            return Err(AppError::Portal);
        }
        let mut bytes = response.into_body();
        let mut line = Vec::new();
        while let Some(piece) = bytes.next().await {
            for byte in piece? {
                if byte != b'\n' {
                    line.push(byte);
                    if line.len() > LINE_BYTES_MAX {
                        return Err(AppError::Portal);
                    }
                    continue;
                }
                let event = line.strip_prefix(b"event:").map(<[u8]>::trim_ascii);
                // `ready` comes once, when the server begins to tell: what moved before, nobody told. A device that was revoked hears it
                // from the next round, and wipes itself.
                if matches!(event, Some(b"pull" | b"ready" | b"revoked")) {
                    moved();
                }
                line.clear();
            }
        }
        Ok(())
    }
}
