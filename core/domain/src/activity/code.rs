//! The check-in code: shown by the host's phone, changed every 15 seconds, verified with no network on either side.
//!
//! The host's device signs the activity and the slot of time; the server vouched for that device with a certificate when
//! it was enrolled. A phone that knows the server's public key can therefore check both signatures alone. Whether the code
//! was fresh is judged from the interval in which the scan can have been made, never from a wall clock.

use ed25519_dalek::{Signature, Signer, SigningKey, Verifier, VerifyingKey};

use crate::evidence::Interval;
use crate::id::Id;
use crate::time::Timestamp;

/// How long one code is shown, in milliseconds.
pub const SLOT_MS: i64 = 15_000;
/// How many slots before and after its own a code is taken as fresh: people are slow and clocks differ.
pub const SLOTS_AROUND: i64 = 4;
/// What every code begins with.
pub const PREFIX: &str = "HT1:";

const CERTIFICATE_DOMAIN: &[u8] = b"haitang device certificate 1\0";
const CODE_DOMAIN: &[u8] = b"haitang check-in code 1\0";
const BYTES: usize = 16 + 8 + 16 + 16 + 32 + 64 + 64;

/// The server's word that a key belongs to a member's device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The device.
    pub device: Id,
    /// Whose it is.
    pub member: Id,
    /// The device's Ed25519 public key.
    pub public_key: [u8; 32],
    /// The server's Ed25519 signature over the three.
    pub signature: [u8; 64],
}

impl Certificate {
    /// The bytes the server signs.
    fn message(device: Id, member: Id, public_key: &[u8; 32]) -> Vec<u8> {
        [CERTIFICATE_DOMAIN, device.bytes(), member.bytes(), public_key].concat()
    }

    /// Vouches for a device with the server's key.
    pub fn issue(server: &SigningKey, device: Id, member: Id, public_key: [u8; 32]) -> Self {
        let signature = server.sign(&Self::message(device, member, &public_key)).to_bytes();
        Self { device, member, public_key, signature }
    }

    /// Whether the server with the public key `authority` issued this.
    pub fn is_genuine(&self, authority: &[u8; 32]) -> bool {
        verify(authority, &Self::message(self.device, self.member, &self.public_key), &self.signature)
    }
}

/// What a host's phone shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostCode {
    /// The activity.
    pub activity: Id,
    /// The slot of 15 seconds since 1970 in which it was made, by the host's clock.
    pub slot: i64,
    /// The server's word for the host's device.
    pub certificate: Certificate,
    /// The host's device's signature over activity and slot.
    pub signature: [u8; 64],
}

impl HostCode {
    fn message(activity: Id, slot: i64) -> Vec<u8> {
        [CODE_DOMAIN, activity.bytes(), &slot.to_be_bytes()].concat()
    }

    /// The code to show at `now` by the host's best knowledge of the time.
    pub fn make(device_key: &SigningKey, certificate: Certificate, activity: Id, now: Timestamp) -> Self {
        let slot = now.millis().div_euclid(SLOT_MS);
        let signature = device_key.sign(&Self::message(activity, slot)).to_bytes();
        Self { activity, slot, certificate, signature }
    }

    /// Whether the server vouched for the device and the device signed the code.
    pub fn is_genuine(&self, authority: &[u8; 32]) -> bool {
        self.certificate.is_genuine(authority)
            && verify(&self.certificate.public_key, &Self::message(self.activity, self.slot), &self.signature)
    }

    /// Whether the code can have been on the host's screen, give or take [`SLOTS_AROUND`], at some moment of `made`.
    pub fn shown_during(&self, made: Interval) -> bool {
        let first = self.slot.saturating_sub(SLOTS_AROUND).saturating_mul(SLOT_MS);
        let last = self.slot.saturating_add(SLOTS_AROUND + 1).saturating_mul(SLOT_MS);
        made.earliest.millis() < last && made.latest.millis() >= first
    }

    /// The text inside the QR code: the prefix, then base64url of fixed-length fields. About 300 characters.
    pub fn to_text(&self) -> String {
        let mut bytes = Vec::with_capacity(BYTES);
        bytes.extend_from_slice(self.activity.bytes());
        bytes.extend_from_slice(&self.slot.to_be_bytes());
        bytes.extend_from_slice(self.certificate.device.bytes());
        bytes.extend_from_slice(self.certificate.member.bytes());
        bytes.extend_from_slice(&self.certificate.public_key);
        bytes.extend_from_slice(&self.certificate.signature);
        bytes.extend_from_slice(&self.signature);
        format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes))
    }

    /// Reads what was scanned; `None` where it is no check-in code.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().strip_prefix(PREFIX)?;
        if text.len() > 2 * BYTES {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let mut rest = bytes.as_slice();
        let code = Self {
            activity: Id::from_bytes(take(&mut rest)?),
            slot: i64::from_be_bytes(take(&mut rest)?),
            certificate: Certificate {
                device: Id::from_bytes(take(&mut rest)?),
                member: Id::from_bytes(take(&mut rest)?),
                public_key: take(&mut rest)?,
                signature: take(&mut rest)?,
            },
            signature: take(&mut rest)?,
        };
        rest.is_empty().then_some(code)
    }
}

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (head, tail) = rest.split_first_chunk::<N>()?;
    *rest = tail;
    Some(*head)
}

fn verify(public_key: &[u8; 32], message: &[u8], signature: &[u8; 64]) -> bool {
    VerifyingKey::from_bytes(public_key).is_ok_and(|key| key.verify(message, &Signature::from_bytes(signature)).is_ok())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{authority, device_key};
    use super::*;
    use crate::decide::testing::id;
    use proptest::prelude::*;

    fn code(now: i64) -> HostCode {
        let public = device_key(3).verifying_key().to_bytes();
        let certificate = Certificate::issue(&device_key(1), id(90), id(10), public);
        HostCode::make(&device_key(3), certificate, id(60), Timestamp::from_millis(now))
    }

    #[test]
    fn a_code_reads_back_and_is_vouched_for_by_its_own_server_only() {
        let made = code(1_000_000);
        let read = HostCode::parse(&made.to_text()).expect("reads back");
        assert_eq!(read, made);
        assert!(read.is_genuine(&authority(1)));
        assert!(!read.is_genuine(&authority(2)));
    }

    #[test]
    fn freshness_allows_a_minute_of_difference_and_no_more() {
        let made = code(1_000 * SLOT_MS);
        let at = |slot: i64| made.shown_during(Interval::at(Timestamp::from_millis(slot * SLOT_MS)));
        assert!(at(996) && at(1_000) && at(1_004));
        assert!(!at(995) && !at(1_005));
    }

    proptest! {
        /// Any change of any byte is noticed.
        #[test]
        fn a_changed_code_is_not_genuine(position in 0usize..BYTES, flip in 1u8..=255) {
            let text = code(5_000).to_text();
            let mut bytes = URL_SAFE_NO_PAD.decode(&text[PREFIX.len()..]).expect("base64");
            bytes[position] ^= flip;
            let changed = HostCode::parse(&format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes))).expect("still a code");
            prop_assert!(!changed.is_genuine(&authority(1)));
        }

        /// Whatever is scanned, reading it does not panic.
        #[test]
        fn any_text_is_read_or_declined(text in ".{0,400}") {
            let _ = HostCode::parse(&text);
            let _ = HostCode::parse(&format!("{PREFIX}{text}"));
        }
    }
}
