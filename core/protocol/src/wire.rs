//! How the domain's small types are written in CBOR.

/// An [`haitang_domain::Id`] as a byte string of 16.
pub mod id {
    use haitang_domain::Id;
    use minicbor::decode::Error as DecodeError;
    use minicbor::encode::{Error as EncodeError, Write};
    use minicbor::{Decoder, Encoder};

    /// Writes the 16 bytes.
    pub fn encode<C, W: Write>(id: &Id, e: &mut Encoder<W>, _: &mut C) -> Result<(), EncodeError<W::Error>> {
        e.bytes(id.bytes())?.ok()
    }

    /// Reads 16 bytes.
    pub fn decode<C>(d: &mut Decoder<'_>, _: &mut C) -> Result<Id, DecodeError> {
        let position = d.position();
        Id::from_slice(d.bytes()?).ok_or_else(|| DecodeError::message("an id has 16 bytes").at(position))
    }
}

/// A [`haitang_domain::Feed`] as a byte string of 17.
pub mod feed {
    use haitang_domain::Feed;
    use minicbor::decode::Error as DecodeError;
    use minicbor::encode::{Error as EncodeError, Write};
    use minicbor::{Decoder, Encoder};

    /// Writes the 17 bytes.
    pub fn encode<C, W: Write>(feed: &Feed, e: &mut Encoder<W>, _: &mut C) -> Result<(), EncodeError<W::Error>> {
        e.bytes(&feed.bytes())?.ok()
    }

    /// Reads 17 bytes.
    pub fn decode<C>(d: &mut Decoder<'_>, _: &mut C) -> Result<Feed, DecodeError> {
        let position = d.position();
        Feed::from_slice(d.bytes()?).ok_or_else(|| DecodeError::message("not a feed").at(position))
    }
}

/// A [`haitang_domain::Timestamp`] as an integer of milliseconds.
pub mod time {
    use haitang_domain::Timestamp;
    use minicbor::decode::Error as DecodeError;
    use minicbor::encode::{Error as EncodeError, Write};
    use minicbor::{Decoder, Encoder};

    /// Writes the milliseconds.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that the derive asks for")]
    pub fn encode<C, W: Write>(time: &Timestamp, e: &mut Encoder<W>, _: &mut C) -> Result<(), EncodeError<W::Error>> {
        e.i64(time.millis())?.ok()
    }

    /// Reads the milliseconds.
    pub fn decode<C>(d: &mut Decoder<'_>, _: &mut C) -> Result<Timestamp, DecodeError> {
        d.i64().map(Timestamp::from_millis)
    }
}
