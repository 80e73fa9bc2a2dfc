//! Pull: cursors in, changes in version order out.
//!
//! The answer is a stream of frames: one [`Head`], any number of [`Page`]s, one [`End`]. A phone stores a page and the
//! cursor it carries in one transaction, so a pull may be cut anywhere and goes on from there.

use haitang_domain::{Feed, Id};
use minicbor::{Decode, Encode};

use crate::ids::{IdColumns, IdColumnsBuilder};
use crate::push::ServerTime;
use crate::wire;

/// What a phone has. `POST /v1/pull`.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub struct Pull {
    /// The server's epoch the cursors belong to; `None` on a first sync.
    #[cbor(n(0), with = "opt_id")]
    pub epoch: Option<Id>,
    /// How far each feed has come. A feed that is not named is wanted from its beginning.
    #[n(1)]
    pub cursors: Vec<Cursor>,
}

/// How far one feed in one shard has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Cursor {
    /// The shard.
    #[cbor(n(0), with = "wire::id")]
    pub shard: Id,
    /// The feed.
    #[cbor(n(1), with = "wire::feed")]
    pub feed: Feed,
    /// Everything up to this version of the shard has been received.
    #[n(2)]
    pub version: u64,
}

/// The first frame of the answer: what the device may read from now on.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub struct Head {
    /// The server's epoch. Another than the phone's means that its cursors are void and everything is sent from the beginning.
    #[cbor(n(0), with = "wire::id")]
    pub epoch: Id,
    /// The device's feeds. One that the phone holds and that is not here has been lost.
    #[n(1)]
    pub feeds: Vec<FeedHead>,
    /// The server's clock.
    #[n(2)]
    pub time: ServerTime,
}

/// One feed in one shard, as the answer finds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct FeedHead {
    /// The shard.
    #[cbor(n(0), with = "wire::id")]
    pub shard: Id,
    /// The feed.
    #[cbor(n(1), with = "wire::feed")]
    pub feed: Feed,
    /// How many changes wait for this phone, for showing progress.
    #[n(2)]
    pub waiting: u64,
}

/// Changes of one feed, in version order, as columns: like stands beside like, and compresses.
#[derive(Clone, Debug, PartialEq, Default, Encode, Decode)]
pub struct Page<'a> {
    /// Which feed, by its place in [`Head::feeds`].
    #[n(0)]
    pub feed: u32,
    /// The kind of each record, a byte each.
    #[cbor(b(1), with = "minicbor::bytes")]
    pub kinds: &'a [u8],
    /// The id of each record.
    #[b(2)]
    pub ids: IdColumns<'a>,
    /// The version of each record, less that of the one before it (of the first: itself).
    #[n(3)]
    pub version_steps: Vec<u64>,
    /// The length of each body in bytes; 0 where the record has left the feed.
    #[n(4)]
    pub lengths: Vec<u32>,
    /// The bodies, one after the other, as they are stored.
    #[cbor(b(5), with = "minicbor::bytes")]
    pub bodies: &'a [u8],
    /// The cursor of the feed once this page is stored.
    #[n(6)]
    pub cursor: u64,
}

/// One change of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change<'a> {
    /// The number of the kind; one this build does not know is kept all the same.
    pub kind: u8,
    /// The record.
    pub id: Id,
    /// Its version.
    pub version: u64,
    /// The body, or `None` where the record has left the feed.
    pub body: Option<&'a [u8]>,
}

/// A page whose columns do not fit together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the columns of a page do not fit together")]
pub struct BadPage;

impl<'a> Page<'a> {
    /// The changes, once it is certain that every column has its length.
    pub fn changes(&self) -> Result<impl Iterator<Item = Change<'a>> + use<'a, '_>, BadPage> {
        let count = self.kinds.len();
        let bytes: u64 = self.lengths.iter().map(|length| u64::from(*length)).sum();
        let ids = self.ids.ids().ok_or(BadPage)?;
        let fits = ids.len() == count
            && self.version_steps.len() == count
            && self.lengths.len() == count
            && bytes == self.bodies.len() as u64;
        if !fits || self.version_steps.iter().try_fold(0u64, |sum, step| sum.checked_add(*step)).is_none() {
            return Err(BadPage);
        }
        let (mut version, mut rest) = (0, self.bodies);
        Ok((0..count).map(move |i| {
            version += self.version_steps[i];
            let (body, tail) = rest.split_at(self.lengths[i] as usize);
            rest = tail;
            Change { kind: self.kinds[i], id: ids[i], version, body: (!body.is_empty()).then_some(body) }
        }))
    }
}

/// Builds the columns of a page.
#[derive(Debug, Default)]
pub struct PageBuilder {
    kinds: Vec<u8>,
    ids: IdColumnsBuilder,
    steps: Vec<u64>,
    lengths: Vec<u32>,
    bodies: Vec<u8>,
    last: u64,
}

impl PageBuilder {
    /// Adds a change; versions must rise.
    pub fn push(&mut self, change: Change<'_>) {
        self.kinds.push(change.kind);
        self.ids.push(change.id);
        self.steps.push(change.version.saturating_sub(self.last));
        self.last = change.version;
        let body = change.body.unwrap_or_default();
        self.lengths.push(body.len() as u32);
        self.bodies.extend_from_slice(body);
    }

    /// How many changes it holds.
    pub fn len(&self) -> usize {
        self.kinds.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// Bytes of the bodies so far.
    pub fn body_bytes(&self) -> usize {
        self.bodies.len()
    }

    /// The version of the last change.
    pub fn last_version(&self) -> u64 {
        self.last
    }

    /// The page, of the feed at this place in [`Head::feeds`], after which the cursor stands at `cursor`.
    pub fn page(&self, feed: u32, cursor: u64) -> Page<'_> {
        Page {
            feed,
            kinds: &self.kinds,
            ids: self.ids.columns(),
            version_steps: self.steps.clone(),
            lengths: self.lengths.clone(),
            bodies: &self.bodies,
            cursor,
        }
    }

    /// Empties it for the next page, keeping its memory.
    pub fn clear(&mut self) {
        self.kinds.clear();
        self.ids.clear();
        self.steps.clear();
        self.lengths.clear();
        self.bodies.clear();
        self.last = 0;
    }
}

/// The last frame: the answer is whole.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub struct End {
    /// The version each shard had; every feed of a shard has been sent up to it, unless `more`.
    #[n(0)]
    pub heads: Vec<ShardHead>,
    /// There is more; pull again at once.
    #[n(1)]
    pub more: bool,
}

/// The version a shard had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ShardHead {
    /// The shard.
    #[cbor(n(0), with = "wire::id")]
    pub shard: Id,
    /// Its version.
    #[n(1)]
    pub version: u64,
}

impl From<(Id, u64)> for ShardHead {
    fn from((shard, version): (Id, u64)) -> Self {
        Self { shard, version }
    }
}

mod opt_id {
    use haitang_domain::Id;
    use minicbor::decode::Error as DecodeError;
    use minicbor::encode::{Error as EncodeError, Write};
    use minicbor::{Decoder, Encoder};

    #[expect(clippy::ref_option, reason = "the signature that the derive asks for")]
    pub fn encode<C, W: Write>(id: &Option<Id>, e: &mut Encoder<W>, c: &mut C) -> Result<(), EncodeError<W::Error>> {
        match id {
            Some(id) => crate::wire::id::encode(id, e, c),
            None => e.null()?.ok(),
        }
    }

    pub fn decode<C>(d: &mut Decoder<'_>, c: &mut C) -> Result<Option<Id>, DecodeError> {
        if d.datatype()? == minicbor::data::Type::Null {
            d.null()?;
            return Ok(None);
        }
        crate::wire::id::decode(d, c).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::{self, FrameKind};
    use proptest::prelude::*;

    proptest! {
        /// Whatever changes go into a page come out of its frame.
        #[test]
        fn a_page_travels_whole(rows in proptest::collection::vec((any::<u8>(), any::<[u8; 16]>(), 1u64..50, proptest::collection::vec(any::<u8>(), 0..40)), 0..50)) {
            let mut version = 0;
            let mut builder = PageBuilder::default();
            let mut want = Vec::new();
            for (kind, id, step, body) in &rows {
                version += step;
                let change = Change { kind: *kind, id: Id::from_bytes(*id), version, body: (!body.is_empty()).then_some(body.as_slice()) };
                builder.push(change);
                want.push(change);
            }
            let bytes = frame::to_vec(FrameKind::Page, &builder.page(3, version)).expect("packs");
            let frame = frame::only(&bytes).expect("unpacks");
            let page: Page<'_> = frame.read(FrameKind::Page).expect("reads");
            let got: Vec<_> = page.changes().expect("fits").collect();
            prop_assert_eq!(got, want);
            prop_assert_eq!((page.feed, page.cursor), (3, version));
        }
    }

    #[test]
    fn columns_that_do_not_fit_are_declined() {
        let ids = IdColumns { time_steps: vec![5], serials: vec![0], tails: &[1; 8], tail_of: vec![0] };
        let one = Page { kinds: &[1], ids, version_steps: vec![1], lengths: vec![5], bodies: b"right", ..Page::default() };
        assert_eq!(one.changes().map(Iterator::count), Ok(1));
        assert_eq!(Page { lengths: vec![9], ..one.clone() }.changes().err(), Some(BadPage));
        assert_eq!(Page { kinds: &[1, 1], ..one.clone() }.changes().err(), Some(BadPage));
        assert_eq!(Page { ids: IdColumns::default(), ..one }.changes().err(), Some(BadPage));
    }
}
