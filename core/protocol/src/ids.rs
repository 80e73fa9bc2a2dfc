//! Ids in columns.
//!
//! An id is the time it was made, a serial within that, and a tail that the ids of one program share (`haitang_domain::IdMaker`).
//! Many together are therefore written as what differs: how much later each is than the one before, its serial, and which tail.
//! Whatever the 16 bytes are, they come out as they went in.

use std::collections::HashMap;

use haitang_domain::Id;
use minicbor::{Decode, Encode};

const TAIL_BYTES: usize = 8;

/// The ids of a page.
#[derive(Clone, Debug, PartialEq, Eq, Default, Encode, Decode)]
pub struct IdColumns<'a> {
    /// Milliseconds since 1970 (the first 6 bytes) of each id, less those of the one before it (of the first: itself).
    #[n(0)]
    pub time_steps: Vec<i64>,
    /// The next 2 bytes of each.
    #[n(1)]
    pub serials: Vec<u16>,
    /// The last 8 bytes, each that occurs once, in the order in which they first occur.
    #[cbor(b(2), with = "minicbor::bytes")]
    pub tails: &'a [u8],
    /// Which tail each id has: 0 is the next that has not occurred, n the nth of [`IdColumns::tails`].
    #[n(3)]
    pub tail_of: Vec<u32>,
}

impl IdColumns<'_> {
    /// The ids; `None` where the columns do not fit together.
    pub fn ids(&self) -> Option<Vec<Id>> {
        let tails = self.tails.as_chunks::<TAIL_BYTES>();
        if !tails.1.is_empty() || self.serials.len() != self.time_steps.len() || self.tail_of.len() != self.time_steps.len() {
            return None;
        }
        let mut ids = Vec::with_capacity(self.time_steps.len());
        let (mut time, mut fresh) = (0_i64, 0);
        for ((step, serial), tail) in self.time_steps.iter().zip(&self.serials).zip(&self.tail_of) {
            time = time.checked_add(*step).filter(|time| (0..1 << 48).contains(time))?;
            let tail = match *tail as usize {
                0 => {
                    fresh += 1;
                    tails.0.get(fresh - 1)?
                }
                nth => tails.0[..fresh].get(nth - 1)?,
            };
            let mut bytes = [0; 16];
            bytes[..6].copy_from_slice(&time.to_be_bytes()[2..]);
            bytes[6..8].copy_from_slice(&serial.to_be_bytes());
            bytes[8..].copy_from_slice(tail);
            ids.push(Id::from_bytes(bytes));
        }
        (fresh == tails.0.len()).then_some(ids)
    }
}

/// Builds the columns.
#[derive(Debug, Default)]
pub(crate) struct IdColumnsBuilder {
    time_steps: Vec<i64>,
    serials: Vec<u16>,
    tails: Vec<u8>,
    tail_of: Vec<u32>,
    known: HashMap<[u8; TAIL_BYTES], u32>,
    last: i64,
}

impl IdColumnsBuilder {
    pub fn push(&mut self, id: Id) {
        let (time, rest) = id.bytes().split_at(6);
        let (serial, rest) = rest.split_at(2);
        let number = |bytes: &[u8]| bytes.iter().fold(0_i64, |sum, byte| sum << 8 | i64::from(*byte));
        let time = number(time);
        self.time_steps.push(time - self.last);
        self.last = time;
        self.serials.push(number(serial) as u16);
        let mut tail = [0; TAIL_BYTES];
        tail.copy_from_slice(rest);
        let next = self.known.len() as u32 + 1;
        let known = *self.known.entry(tail).or_insert(next);
        if known == next {
            self.tails.extend_from_slice(&tail);
        }
        self.tail_of.push(if known == next { 0 } else { known });
    }

    pub fn columns(&self) -> IdColumns<'_> {
        IdColumns {
            time_steps: self.time_steps.clone(),
            serials: self.serials.clone(),
            tails: &self.tails,
            tail_of: self.tail_of.clone(),
        }
    }

    pub fn clear(&mut self) {
        self.time_steps.clear();
        self.serials.clear();
        self.tails.clear();
        self.tail_of.clear();
        self.known.clear();
        self.last = 0;
    }
}

#[cfg(test)]
mod tests {
    use haitang_domain::{IdMaker, Timestamp};
    use proptest::prelude::*;

    use super::*;

    fn columns(ids: &[Id]) -> IdColumnsBuilder {
        let mut builder = IdColumnsBuilder::default();
        for id in ids {
            builder.push(*id);
        }
        builder
    }

    proptest! {
        /// Any ids, of which some share their tail and time, come out as they went in.
        #[test]
        fn ids_come_out_as_they_went_in(parts in proptest::collection::vec((any::<[u8; 8]>(), any::<[u8; 8]>(), 0usize..8), 0..60)) {
            let tails: Vec<_> = parts.iter().map(|(_, tail, _)| *tail).collect();
            let id = |(head, _, tail): &([u8; 8], [u8; 8], usize)| {
                let mut bytes = [0; 16];
                bytes[..8].copy_from_slice(head);
                bytes[8..].copy_from_slice(&tails[tail % tails.len()]);
                Id::from_bytes(bytes)
            };
            let ids: Vec<_> = parts.iter().map(id).collect();
            prop_assert_eq!(columns(&ids).columns().ids(), Some(ids));
        }

        /// Columns that a hostile server made up are read or declined.
        #[test]
        fn any_columns_are_read_or_declined(
            time_steps in proptest::collection::vec(any::<i64>(), 0..4),
            serials in proptest::collection::vec(any::<u16>(), 0..4),
            tails in proptest::collection::vec(any::<u8>(), 0..20),
            tail_of in proptest::collection::vec(0u32..4, 0..4),
        ) {
            let _ = IdColumns { time_steps, serials, tails: &tails, tail_of }.ids();
        }
    }

    #[test]
    fn columns_that_do_not_fit_are_declined() {
        let good = IdColumns { time_steps: vec![5, 1], serials: vec![1, 2], tails: &[9; 8], tail_of: vec![0, 1] };
        assert_eq!(good.ids().map(|ids| ids.len()), Some(2));
        assert_eq!(IdColumns { tails: &[9; 16], ..good.clone() }.ids(), None, "a tail that nothing has");
        assert_eq!(IdColumns { tails: &[9; 7], ..good.clone() }.ids(), None, "half a tail");
        assert_eq!(IdColumns { tail_of: vec![0, 2], ..good.clone() }.ids(), None, "a tail that is not there");
        assert_eq!(IdColumns { tail_of: vec![0], ..good.clone() }.ids(), None, "a column too short");
        assert_eq!(IdColumns { time_steps: vec![5, -6], ..good }.ids(), None, "before 1970");
    }

    #[test]
    fn the_ids_of_one_program_share_one_tail() {
        let mut maker = IdMaker::new([3; 8]);
        let ids: Vec<_> = (0..100).map(|n| maker.next(Timestamp::from_millis(1_795_000_000_000 + n))).collect();
        assert_eq!(columns(&ids).columns().tails.len(), TAIL_BYTES);
    }
}
