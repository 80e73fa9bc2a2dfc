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
    #[cbor(n(5), with = "commands")]
    pub commands: Vec<minicbor::bytes::ByteVec>,
    /// The device's signature over the last link.
    #[cbor(n(6), with = "minicbor::bytes")]
    pub signature: [u8; 64],
    /// The server's epoch, as the phone knows it: a push that something on the way kept while the server was set back is of another.
    #[cbor(n(7), with = "wire::id")]
    pub epoch: Id,
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

/// The commands of a push. Empty ones take a byte each where they travel and twenty-four in memory, so that a small packed frame could fill
/// a server: whoever sends far more than is allowed is read no further.
mod commands {
    use minicbor::bytes::ByteVec;
    use minicbor::decode::Error as DecodeError;
    use minicbor::encode::{Error as EncodeError, Write};
    use minicbor::{Decoder, Encode as _, Encoder};

    use crate::limits::PUSH_COMMANDS_MAX;

    /// Some more than allowed are read, so that their sender is told the limit.
    pub const READ_MAX: usize = 4 * PUSH_COMMANDS_MAX;

    pub fn encode<C, W: Write>(commands: &[ByteVec], e: &mut Encoder<W>, c: &mut C) -> Result<(), EncodeError<W::Error>> {
        commands.encode(e, c)
    }

    pub fn decode<C>(d: &mut Decoder<'_>, _: &mut C) -> Result<Vec<ByteVec>, DecodeError> {
        let mut commands = vec![];
        for command in d.array_iter::<ByteVec>()? {
            if commands.len() == READ_MAX {
                return Err(DecodeError::message("far more commands than allowed"));
            }
            commands.push(command?);
        }
        Ok(commands)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::{self, FrameError, FrameKind};

    #[test]
    fn a_small_frame_does_not_become_a_large_push() {
        let push = |count: usize| Push {
            device: Id::from_bytes([1; 16]),
            shard: Id::from_bytes([2; 16]),
            mono_ms: 0,
            boot: Id::NIL,
            prev_hash: [0; 32],
            commands: vec![vec![].into(); count],
            signature: [0; 64],
            epoch: Id::NIL,
        };
        let pack = |count| frame::to_vec(FrameKind::Push, &push(count)).expect("packs");
        let read = |bytes: &[u8]| frame::only(bytes).expect("a frame").read::<Push>(FrameKind::Push);
        assert_eq!(read(&pack(commands::READ_MAX)).expect("reads").commands.len(), commands::READ_MAX);
        let bomb = pack(8_000_000);
        assert!(bomb.len() < 10_000, "it travels in {} bytes", bomb.len());
        assert!(matches!(read(&bomb), Err(FrameError::Unreadable(_))));
    }
}
