//! Frames: the pieces that a push, and each page of a pull, travel in.
//!
//! ```text
//! 0  2  magic       "HT"
//! 2  1  version     of the protocol
//! 3  1  kind        what the payload is, see FrameKind
//! 4  4  raw_len     bytes of the payload, little-endian
//! 8  4  packed_len  bytes that follow, little-endian
//! 12    packed      zstd of the payload (CBOR), with dictionary 1 and a content checksum
//! ```
//!
//! Each frame is whole in itself, so that a cut connection costs at most one frame, and a hostile length costs nothing:
//! both lengths are checked against the limits before a byte is allocated.

use std::cell::RefCell;
use std::sync::OnceLock;

use minicbor::{Decode, Encode};
use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::{DecoderDictionary, EncoderDictionary};

use crate::limits::{FRAME_PACKED_BYTES_MAX, FRAME_RAW_BYTES_MAX};
use crate::version::{VERSION, VERSION_MIN};

const MAGIC: [u8; 2] = *b"HT";
const HEADER_BYTES: usize = 12;
/// A tenth less than level 3 for the pages of a first sync, which takes no longer for it; levels above cost more than they save.
const LEVEL: i32 = 5;
/// Typical bodies and commands: what a small answer would otherwise have to spell out. Never changes; a better one is dictionary 2.
const DICTIONARY: &[u8] = include_bytes!("dictionary-1.txt");

/// What a frame holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum FrameKind {
    /// [`crate::push::Push`], phone to server.
    Push = 1,
    /// [`crate::push::PushAnswer`], server to phone.
    PushAnswer = 2,
    /// [`crate::pull::Pull`], phone to server.
    Pull = 3,
    /// [`crate::pull::Head`], the first frame of the answer to a pull.
    Head = 4,
    /// [`crate::pull::Page`], any number of them.
    Page = 5,
    /// [`crate::pull::End`], the last; an answer without it was cut.
    End = 6,
}

impl FrameKind {
    fn from_number(number: u8) -> Option<Self> {
        [Self::Push, Self::PushAnswer, Self::Pull, Self::Head, Self::Page, Self::End]
            .into_iter()
            .find(|kind| *kind as u8 == number)
    }
}

/// What can be wrong with a frame.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// The bytes end before the frame does.
    #[error("the frame is cut off")]
    Truncated,
    /// The bytes are no frame at all, such as the page of a captive portal.
    #[error("not a frame")]
    NotAFrame,
    /// Made by a version this build does not understand.
    #[error("protocol version {theirs} is not between {VERSION_MIN} and {VERSION}")]
    WrongVersion {
        /// The version of the frame.
        theirs: u8,
    },
    /// A frame of a kind that does not belong here.
    #[error("a frame of kind {found} where {wanted:?} was expected")]
    WrongKind {
        /// What was expected.
        wanted: FrameKind,
        /// The number found.
        found: u8,
    },
    /// Larger than the limits allow.
    #[error("a frame of {bytes} bytes is larger than allowed")]
    TooLarge {
        /// What its header claims.
        bytes: usize,
    },
    /// The compressed bytes are damaged, or do not have the length the header claims.
    #[error("the frame is damaged")]
    Corrupt,
    /// The payload is not what its kind says.
    #[error("the payload cannot be read: {0}")]
    Unreadable(String),
}

fn encoder_dictionary() -> &'static EncoderDictionary<'static> {
    static SHARED: OnceLock<EncoderDictionary<'static>> = OnceLock::new();
    SHARED.get_or_init(|| EncoderDictionary::copy(DICTIONARY, LEVEL))
}

fn decoder_dictionary() -> &'static DecoderDictionary<'static> {
    static SHARED: OnceLock<DecoderDictionary<'static>> = OnceLock::new();
    SHARED.get_or_init(|| DecoderDictionary::copy(DICTIONARY))
}

thread_local! {
    // Making one costs more than packing a small frame with it.
    static PACK: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
    static UNPACK: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
}

fn pack(raw: &[u8], out: &mut Vec<u8>) -> Result<usize, FrameError> {
    PACK.with_borrow_mut(|slot| {
        let packer = if let Some(packer) = slot {
            packer
        } else {
            let mut made = Compressor::with_prepared_dictionary(encoder_dictionary()).map_err(|_| FrameError::Corrupt)?;
            made.include_checksum(true).map_err(|_| FrameError::Corrupt)?;
            slot.insert(made)
        };
        let start = out.len();
        out.resize(start + zstd::zstd_safe::compress_bound(raw.len()), 0);
        let written = packer.compress_to_buffer(raw, &mut out[start..]).map_err(|_| FrameError::Corrupt)?;
        out.truncate(start + written);
        Ok(written)
    })
}

fn unpack(packed: &[u8], raw_len: usize) -> Result<Vec<u8>, FrameError> {
    UNPACK.with_borrow_mut(|slot| {
        let unpacker = match slot {
            Some(unpacker) => unpacker,
            None => slot.insert(Decompressor::with_prepared_dictionary(decoder_dictionary()).map_err(|_| FrameError::Corrupt)?),
        };
        let raw = unpacker.decompress(packed, raw_len).map_err(|_| FrameError::Corrupt)?;
        if raw.len() == raw_len { Ok(raw) } else { Err(FrameError::Corrupt) }
    })
}

/// Appends `message` as one frame to `out`.
pub fn write<T: Encode<()>>(kind: FrameKind, message: &T, out: &mut Vec<u8>) -> Result<(), FrameError> {
    let raw = minicbor::to_vec(message).map_err(|error| FrameError::Unreadable(error.to_string()))?;
    if raw.len() > FRAME_RAW_BYTES_MAX {
        return Err(FrameError::TooLarge { bytes: raw.len() });
    }
    let start = out.len();
    out.extend_from_slice(&MAGIC);
    out.extend_from_slice(&[VERSION, kind as u8]);
    out.extend_from_slice(&(raw.len() as u32).to_le_bytes());
    out.extend_from_slice(&[0; 4]);
    let packed = pack(&raw, out)?;
    out[start + 8..start + HEADER_BYTES].copy_from_slice(&(packed as u32).to_le_bytes());
    Ok(())
}

/// `message` as one frame.
pub fn to_vec<T: Encode<()>>(kind: FrameKind, message: &T) -> Result<Vec<u8>, FrameError> {
    let mut out = Vec::new();
    write(kind, message, &mut out)?;
    Ok(out)
}

/// A frame whose payload has been unpacked but not yet read.
#[derive(Debug, Clone)]
pub struct Frame {
    /// What it says it holds.
    pub kind: FrameKind,
    payload: Vec<u8>,
}

impl Frame {
    /// The CBOR inside.
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// Reads the payload as what `kind` holds. Byte strings in it can be borrowed from the frame.
    pub fn read<'a, T: Decode<'a, ()>>(&'a self, kind: FrameKind) -> Result<T, FrameError> {
        if self.kind != kind {
            return Err(FrameError::WrongKind { wanted: kind, found: self.kind as u8 });
        }
        minicbor::decode(&self.payload).map_err(|error| FrameError::Unreadable(error.to_string()))
    }
}

fn length(bytes: &[u8]) -> usize {
    bytes.iter().rev().fold(0, |sum, byte| sum << 8 | usize::from(*byte))
}

/// Takes frames out of bytes that arrive in pieces of any size.
#[derive(Debug, Default)]
pub struct FrameReader {
    held: Vec<u8>,
    start: usize,
}

impl FrameReader {
    /// Takes in what arrived.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.start > 0 && self.start == self.held.len() {
            self.held.clear();
            self.start = 0;
        }
        self.held.extend_from_slice(bytes);
    }

    /// The next whole frame, or `None` until more has arrived. After an error nothing that follows can be trusted.
    pub fn take(&mut self) -> Result<Option<Frame>, FrameError> {
        let held = &self.held[self.start..];
        let Some(seen) = held.get(..held.len().min(HEADER_BYTES)).filter(|seen| !seen.is_empty()) else { return Ok(None) };
        if !MAGIC.starts_with(&seen[..seen.len().min(2)]) {
            return Err(FrameError::NotAFrame);
        }
        if let Some(&theirs) = seen.get(2).filter(|theirs| !(VERSION_MIN..=VERSION).contains(theirs)) {
            return Err(FrameError::WrongVersion { theirs });
        }
        if seen.len() < HEADER_BYTES {
            return Ok(None);
        }
        let (raw, packed) = (length(&seen[4..8]), length(&seen[8..12]));
        if raw > FRAME_RAW_BYTES_MAX || packed > FRAME_PACKED_BYTES_MAX {
            return Err(FrameError::TooLarge { bytes: raw.max(packed) });
        }
        let kind = FrameKind::from_number(seen[3]).ok_or(FrameError::NotAFrame)?;
        let Some(bytes) = held.get(HEADER_BYTES..HEADER_BYTES + packed) else { return Ok(None) };
        let payload = unpack(bytes, raw)?;
        self.start += HEADER_BYTES + packed;
        if self.start > 256 * 1024 {
            self.held.drain(..self.start);
            self.start = 0;
        }
        Ok(Some(Frame { kind, payload }))
    }

    /// Whether nothing is held that was not taken out: where a stream may end.
    pub fn is_empty(&self) -> bool {
        self.start == self.held.len()
    }
}

/// The one frame that `bytes` must be.
pub fn only(bytes: &[u8]) -> Result<Frame, FrameError> {
    let mut reader = FrameReader::default();
    reader.push(bytes);
    let frame = reader.take()?.ok_or(FrameError::Truncated)?;
    if reader.is_empty() { Ok(frame) } else { Err(FrameError::NotAFrame) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pull::End;
    use haitang_domain::Id;
    use proptest::prelude::*;

    fn end() -> End {
        End { heads: vec![(Id::from_bytes([1; 16]), 7).into()], more: false }
    }

    fn frame() -> Vec<u8> {
        to_vec(FrameKind::End, &end()).expect("packs")
    }

    #[test]
    fn a_frame_arrives_whole_in_pieces_of_one_byte() {
        let bytes = [frame(), frame()].concat();
        let mut reader = FrameReader::default();
        let mut seen = 0;
        for byte in bytes {
            reader.push(&[byte]);
            while let Some(frame) = reader.take().expect("is well") {
                assert_eq!(frame.read::<End>(FrameKind::End).expect("reads"), end());
                seen += 1;
            }
        }
        assert_eq!(seen, 2);
        assert!(reader.is_empty());
    }

    #[test]
    fn what_is_wrong_is_told_apart() {
        let good = frame();
        let with = |at: usize, byte: u8| {
            let mut bytes = good.clone();
            bytes[at] = byte;
            only(&bytes).expect_err("is wrong")
        };
        assert_eq!(only(&good[..good.len() - 1]).expect_err("cut"), FrameError::Truncated);
        assert_eq!(only(b"<!DOCTYPE html>").expect_err("a portal"), FrameError::NotAFrame);
        assert_eq!(with(2, 9), FrameError::WrongVersion { theirs: 9 });
        assert_eq!(with(3, 99), FrameError::NotAFrame);
        assert!(matches!(with(7, 0x7f), FrameError::TooLarge { .. }));
        assert_eq!(with(4, 99), FrameError::Corrupt, "not the length it claims");
        assert_eq!(with(good.len() - 1, !good[good.len() - 1]), FrameError::Corrupt, "the checksum notices");
        let other = only(&good).expect("reads").read::<End>(FrameKind::Page).expect_err("another kind");
        assert!(matches!(other, FrameError::WrongKind { .. }));
    }

    proptest! {
        /// Random bytes are never a frame and never a panic, however they arrive.
        #[test]
        fn random_bytes_are_declined(bytes in proptest::collection::vec(any::<u8>(), 0..200), flip in 0usize..60, to: u8) {
            prop_assert!(only(&bytes).is_err());
            let mut near = frame();
            let at = flip % near.len();
            near[at] = to;
            if let Ok(frame) = only(&near) {
                let _ = frame.read::<End>(FrameKind::End);
            }
        }
    }
}
