//! What a device may read, from where its cursors stand, page by page out of one consistent view.

use std::collections::HashMap;

use haitang_domain::{Id, Timestamp};
use haitang_protocol::frame::{self, FrameKind};
use haitang_protocol::limits::{FEEDS_MAX, PAGE_BYTES, PAGE_RECORDS_MAX, PULL_BYTES};
use haitang_protocol::pull::{Change, End, FeedHead, Head, PageBuilder, Pull, ShardHead};
use haitang_protocol::{FrameError, Problem, ProblemCode};

use super::{Hub, feeds_of, internal, no_such_member};
use crate::storage::{Snapshot, StorageError};

/// What can end an answer early.
enum Cut {
    Storage(StorageError),
    Frame(FrameError),
    /// The phone went away.
    Gone,
    /// There is no such member.
    Nobody,
}

impl From<StorageError> for Cut {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}

impl From<FrameError> for Cut {
    fn from(error: FrameError) -> Self {
        Self::Frame(error)
    }
}

impl Hub {
    /// Answers a pull of `member`'s device at `now`: hands each frame to `send` until it returns false. Memory does not grow with the answer.
    pub fn pull(
        &self,
        device: Id,
        member: Id,
        pull: Pull,
        now: Timestamp,
        mut send: impl FnMut(Vec<u8>) -> bool,
    ) -> Result<(), Problem> {
        if pull.cursors.len() > FEEDS_MAX {
            return Err(Problem::new(ProblemCode::TooLarge, "more feeds than allowed").with("limit", FEEDS_MAX));
        }
        let mut cut = None;
        self.storage.read(&mut |snapshot| {
            cut = self.answer(snapshot, device, member, &pull, now, &mut send).err();
            Ok(())
        })?;
        match cut {
            Some(Cut::Storage(error)) => Err(error.into()),
            Some(Cut::Frame(error)) => Err(internal(error)),
            Some(Cut::Nobody) => Err(no_such_member()),
            Some(Cut::Gone) | None => Ok(()),
        }
    }

    fn answer(
        &self,
        snapshot: &dyn Snapshot,
        device: Id,
        member: Id,
        pull: &Pull,
        now: Timestamp,
        send: &mut dyn FnMut(Vec<u8>) -> bool,
    ) -> Result<(), Cut> {
        let mut send = |bytes: Vec<u8>| if send(bytes) { Ok(()) } else { Err(Cut::Gone) };
        let heads: HashMap<Id, u64> = snapshot.shards()?.into_iter().map(|(shard, state)| (shard, state.version)).collect();
        let mut cursors = HashMap::new();
        if pull.epoch == Some(self.epoch) {
            cursors.extend(pull.cursors.iter().map(|cursor| ((cursor.shard, cursor.feed), cursor.version)));
        }
        let mut feeds = vec![];
        let mut afters = vec![];
        for feed in feeds_of(snapshot, member, now)?.ok_or(Cut::Nobody)? {
            for shard in snapshot.shards_of(feed)? {
                let head = heads.get(&shard).copied().unwrap_or(0);
                // A cursor from beyond the end belongs to a past that is gone.
                let after = cursors.get(&(shard, feed)).copied().filter(|after| *after <= head).unwrap_or(0);
                let waiting = if after == head { 0 } else { snapshot.waiting(shard, feed, after)? };
                feeds.push(FeedHead { shard, feed, waiting });
                afters.push((after, head));
            }
        }
        if feeds.len() > FEEDS_MAX {
            tracing::warn!(%member, feeds = feeds.len(), "more feeds than a phone can hold; the last are left out");
            feeds.truncate(FEEDS_MAX);
        }
        let head = Head { epoch: self.epoch, feeds, time: self.keys.issue_time(device, now) };
        send(frame::to_vec(FrameKind::Head, &head)?)?;
        let mut left = PULL_BYTES;
        let mut more = false;
        for ((place, feed), (after, end)) in (0u32..).zip(&head.feeds).zip(afters) {
            if after == end {
                continue;
            }
            if left == 0 {
                more = true;
                break;
            }
            more |= !send_feed(snapshot, place, feed, after, end, &mut left, &mut send)?;
        }
        let mut shards: Vec<Id> = head.feeds.iter().map(|feed| feed.shard).collect();
        // A command of this device may lie where its holder reads nothing any more: its phone must still hear that it is settled.
        for shard in heads.keys() {
            if snapshot.device_state(*shard, device)?.is_some() {
                shards.push(*shard);
            }
        }
        shards.sort_unstable();
        shards.dedup();
        let at = |shard: Id| ShardHead { shard, version: heads.get(&shard).copied().unwrap_or(0) };
        send(frame::to_vec(FrameKind::End, &End { heads: shards.into_iter().map(at).collect(), more })?)
    }
}

/// Sends the pages of one feed; whether all of it was sent.
fn send_feed(
    snapshot: &dyn Snapshot,
    place: u32,
    feed: &FeedHead,
    after: u64,
    end: u64,
    left: &mut usize,
    send: &mut dyn FnMut(Vec<u8>) -> Result<(), Cut>,
) -> Result<bool, Cut> {
    let mut page = PageBuilder::default();
    let mut cut = None;
    let mut whole = true;
    // A first sync has nothing that could be removed.
    snapshot.changes(feed.shard, feed.feed, after, after > 0, &mut |change| {
        if page.len() >= PAGE_RECORDS_MAX || page.body_bytes() >= PAGE_BYTES {
            *left = left.saturating_sub(page.body_bytes());
            let sent =
                frame::to_vec(FrameKind::Page, &page.page(place, page.last_version())).map_err(Cut::from).and_then(&mut *send);
            page.clear();
            if let Err(error) = sent {
                cut = Some(error);
                return false;
            }
            if *left == 0 {
                whole = false;
                return false;
            }
        }
        page.push(Change { kind: change.kind, id: change.id, version: change.version, body: change.body });
        true
    })?;
    if let Some(cut) = cut {
        return Err(cut);
    }
    if whole {
        *left = left.saturating_sub(page.body_bytes());
        #[cfg(feature = "planted")]
        if haitang_planted::is(haitang_planted::Bug::DropLastPage) && page.len() == 1 {
            page.clear();
        }
        // The last page carries the cursor to the head of the shard, even if it holds nothing.
        send(frame::to_vec(FrameKind::Page, &page.page(place, end))?)?;
    }
    Ok(whole)
}
