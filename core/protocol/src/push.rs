//! Push: commands of one device to one shard, in the device's own order.

use haitang_domain::{Id, Refusal, Timestamp};
use minicbor::{Decode, Encode};

use crate::envelope::WireToken;
use crate::wire;

/// Commands of one device to one shard. `POST /v1/push`.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub struct Push {
    /// The device; must be the token's.
    #[cbor(n(0), with = "wire::id")]
    pub device: Id,
    /// The shard; every command in it is addressed to a record there.
    #[cbor(n(1), with = "wire::id")]
    pub shard: Id,
    /// The device's monotonic clock now.
    #[n(2)]
    pub mono_ms: u64,
    /// The boot it belongs to.
    #[cbor(n(3), with = "wire::id")]
    pub boot: Id,
    /// The link of the chain before the first command.
    #[cbor(n(4), with = "minicbor::bytes")]
    pub prev_hash: [u8; 32],
    /// The envelopes, as they were signed.
    #[n(5)]
    pub commands: Vec<minicbor::bytes::ByteVec>,
    /// The device's signature over the last link.
    #[cbor(n(6), with = "minicbor::bytes")]
    pub signature: [u8; 64],
}

/// What became of a push.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub struct PushAnswer {
    /// One answer a command, in their order.
    #[n(0)]
    pub answers: Vec<Answer>,
    /// The server's clock.
    #[n(1)]
    pub time: ServerTime,
}

/// What became of one command.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub struct Answer {
    /// The device's number for the command.
    #[n(0)]
    pub seq: u64,
    /// The shard's version after it: its effect is in a pull that has reached this version.
    #[n(1)]
    pub version: u64,
    /// Why it was refused, as the JSON of a [`Refusal`]; `None` when it was accepted.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub refusal: Option<Vec<u8>>,
}

impl Answer {
    /// The refusal, if it was refused. One that cannot be read is still a refusal.
    pub fn refusal(&self) -> Option<Refusal> {
        let json = self.refusal.as_ref()?;
        Some(serde_json::from_slice(json).unwrap_or_else(|_| haitang_domain::Code::TooNew.into()))
    }
}

/// A statement of the time by the server, for one device.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ServerTime {
    /// The server's clock.
    #[cbor(n(0), with = "wire::time")]
    pub issued: Timestamp,
    /// HMAC-SHA-256 over the device and `issued`, which only the server can make or check.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub mac: [u8; 32],
}

impl ServerTime {
    /// The token as a phone keeps it, with its own clocks at the arrival.
    pub fn received(&self, boot: Id, mono_ms: u64) -> WireToken {
        WireToken { issued: self.issued, boot, mono_ms, mac: self.mac }
    }
}
