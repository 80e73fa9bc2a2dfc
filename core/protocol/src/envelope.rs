//! Envelopes: one command as its device signed it, and the chain that joins a device's commands.

use ed25519_dalek::{Signature, Signer, SigningKey, Verifier, VerifyingKey};
use haitang_domain::command::Action;
use haitang_domain::evidence::{TimeToken, Times};
use haitang_domain::{Command, Id, Key, Kind, Timestamp};
use minicbor::{Decode, Encode};
use sha2::{Digest, Sha256};

use crate::limits::ENVELOPE_BYTES_MAX;
use crate::wire;

const CHAIN_DOMAIN: &[u8] = b"haitang command chain 1\0";
const BATCH_DOMAIN: &[u8] = b"haitang command batch 1\0";

/// One command as it is kept in the outbox, signed, sent and logged. Its bytes are never written anew on the way.
///
/// A command is named by (device, `seq`). Numbers rise by one from 1 on each device over all shards; `prev_seq` is the number of
/// the device's previous command to the same shard, so that each shard can tell alone that nothing is missing between.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub struct Envelope {
    /// The device's number for this command.
    #[n(0)]
    pub seq: u64,
    /// The number of the device's previous command to this shard; 0 for the first.
    #[n(1)]
    pub prev_seq: u64,
    /// The kind of record it is addressed to.
    #[n(2)]
    pub kind: u8,
    /// The record it is addressed to.
    #[cbor(n(3), with = "wire::id")]
    pub id: Id,
    /// The member who acts.
    #[cbor(n(4), with = "wire::id")]
    pub actor: Id,
    /// The wall clock.
    #[cbor(n(5), with = "wire::time")]
    pub wall: Timestamp,
    /// The monotonic clock, in milliseconds since the boot began.
    #[n(6)]
    pub mono_ms: u64,
    /// The boot.
    #[cbor(n(7), with = "wire::id")]
    pub boot: Id,
    /// The last statement of the time from the server.
    #[n(8)]
    pub token: Option<WireToken>,
    /// The action, as JSON: what was meant, readable in the audit log for as long as it is kept.
    #[cbor(n(9), with = "minicbor::bytes")]
    pub action: Vec<u8>,
}

/// A [`TimeToken`] as it travels.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct WireToken {
    /// The server's clock when it was issued.
    #[cbor(n(0), with = "wire::time")]
    pub issued: Timestamp,
    /// The boot during which it arrived.
    #[cbor(n(1), with = "wire::id")]
    pub boot: Id,
    /// The monotonic clock when it arrived.
    #[n(2)]
    pub mono_ms: u64,
    /// The server's HMAC.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub mac: [u8; 32],
}

impl From<TimeToken> for WireToken {
    fn from(token: TimeToken) -> Self {
        Self { issued: token.issued, boot: token.boot, mono_ms: token.mono_ms, mac: token.mac }
    }
}

/// What can be wrong with an envelope.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// Larger than [`ENVELOPE_BYTES_MAX`].
    #[error("a command of {bytes} bytes is larger than allowed")]
    TooLarge {
        /// Its length.
        bytes: usize,
    },
    /// Not an envelope.
    #[error("the command cannot be read: {0}")]
    Unreadable(String),
    /// A kind of record or an action that this build does not know.
    #[error("the command is of a newer version: {0}")]
    TooNew(String),
}

impl Envelope {
    /// Puts a command into its envelope.
    pub fn new(seq: u64, prev_seq: u64, actor: Id, times: Times, command: &Command) -> Self {
        Self {
            seq,
            prev_seq,
            kind: command.target.kind as u8,
            id: command.target.id,
            actor,
            wall: times.wall,
            mono_ms: times.mono_ms,
            boot: times.boot,
            token: times.token.map(WireToken::from),
            action: command.action.to_json(),
        }
    }

    /// The bytes that are kept, chained and sent.
    pub fn to_vec(&self) -> Vec<u8> {
        // Writing into a Vec cannot fail.
        minicbor::to_vec(self).unwrap_or_default()
    }

    /// Reads the bytes of an envelope.
    pub fn parse(bytes: &[u8]) -> Result<Self, EnvelopeError> {
        if bytes.len() > ENVELOPE_BYTES_MAX {
            return Err(EnvelopeError::TooLarge { bytes: bytes.len() });
        }
        minicbor::decode(bytes).map_err(|error| EnvelopeError::Unreadable(error.to_string()))
    }

    /// The two numbers of an envelope whose rest cannot be read, so that it can at least be refused by its name.
    pub fn peek(bytes: &[u8]) -> Option<(u64, u64)> {
        let mut decoder = minicbor::Decoder::new(bytes);
        decoder.array().ok()?;
        Some((decoder.u64().ok()?, decoder.u64().ok()?))
    }

    /// The command inside.
    pub fn command(&self) -> Result<Command, EnvelopeError> {
        let kind = Kind::from_number(self.kind).ok_or_else(|| EnvelopeError::TooNew(format!("kind {}", self.kind)))?;
        let action = Action::parse(&self.action).map_err(|error| EnvelopeError::TooNew(error.to_string()))?;
        Ok(Command { target: Key::new(kind, self.id), action })
    }

    /// What the phone knew of the time.
    pub fn times(&self) -> Times {
        let token = self.token.as_ref();
        Times {
            wall: self.wall,
            mono_ms: self.mono_ms,
            boot: self.boot,
            token: token.map(|t| TimeToken { issued: t.issued, boot: t.boot, mono_ms: t.mono_ms, mac: t.mac }),
        }
    }
}

/// A link of the chain: SHA-256 over the link before and the bytes of the envelope.
///
/// A device's links to one shard start from [`ChainHash::start`]. Whoever knows the last link knows that nothing
/// before it was changed, left out or put in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ChainHash(pub [u8; 32]);

impl ChainHash {
    /// Where the chain of `device` in `shard` starts.
    pub fn start(device: Id, shard: Id) -> Self {
        Self(Sha256::new().chain_update(CHAIN_DOMAIN).chain_update(device.bytes()).chain_update(shard.bytes()).finalize().into())
    }

    /// The link after this one.
    pub fn next(&self, envelope: &[u8]) -> Self {
        Self(Sha256::new().chain_update(self.0).chain_update(envelope).finalize().into())
    }

    /// From stored bytes.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    fn message(&self) -> Vec<u8> {
        [BATCH_DOMAIN, &self.0].concat()
    }

    /// The device's word for everything up to this link.
    pub fn sign(&self, device_key: &SigningKey) -> [u8; 64] {
        device_key.sign(&self.message()).to_bytes()
    }

    /// Whether the device gave its word for everything up to this link.
    pub fn is_signed(&self, public_key: &[u8; 32], signature: &[u8; 64]) -> bool {
        VerifyingKey::from_bytes(public_key)
            .is_ok_and(|key| key.verify(&self.message(), &Signature::from_bytes(signature)).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use haitang_domain::activity;
    use proptest::prelude::*;

    fn envelope(seq: u64) -> Envelope {
        let command = Command {
            target: Key::new(Kind::Log, Id::from_bytes([5; 16])),
            action: Action::Activity(activity::Action::ReturnLog { reason: "缺照片".into() }),
        };
        let times = Times { wall: Timestamp::from_millis(1), mono_ms: 2, boot: Id::from_bytes([3; 16]), token: None };
        Envelope::new(seq, seq - 1, Id::from_bytes([4; 16]), times, &command)
    }

    #[test]
    fn an_envelope_reads_back_with_its_command() {
        let made = envelope(1);
        let read = Envelope::parse(&made.to_vec()).expect("reads");
        assert_eq!(read, made);
        assert_eq!(read.command().expect("a command").target.kind, Kind::Log);
    }

    #[test]
    fn an_action_of_a_newer_version_is_told_as_that() {
        let newer = Envelope { action: br#"{"welfare":{"visit":{}}}"#.to_vec(), ..envelope(1) };
        assert!(matches!(newer.command(), Err(EnvelopeError::TooNew(_))));
    }

    #[test]
    fn a_signature_of_the_last_link_covers_every_command_before() {
        let key = SigningKey::from_bytes(&[9; 32]);
        let start = ChainHash::start(Id::from_bytes([1; 16]), Id::from_bytes([2; 16]));
        let (one, two) = (envelope(1).to_vec(), envelope(2).to_vec());
        let last = start.next(&one).next(&two);
        let signature = last.sign(&key);
        let public = key.verifying_key().to_bytes();
        assert!(last.is_signed(&public, &signature));
        assert!(!start.next(&two).next(&one).is_signed(&public, &signature), "another order");
        assert!(!start.next(&two).is_signed(&public, &signature), "one left out");
        assert!(!last.is_signed(&[7; 32], &signature), "another device");
    }

    proptest! {
        #[test]
        fn random_bytes_are_declined(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            if let Ok(envelope) = Envelope::parse(&bytes) {
                let _ = envelope.command();
            }
        }
    }
}
