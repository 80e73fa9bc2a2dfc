//! The phone's disk: what `core/store` does, a transaction each.

use crate::Fault;
use crate::state::{Answer, ChainHash, Envelope, Push, Record, Sent, Store, Stored, Waiting};

/// The phone has other commands under these numbers than the server.
pub struct Diverged;

impl Store {
    /// What a screen shows of a record: the confirmed body with what waits laid over it. Empty-handed where the rules refuse.
    pub fn shown(&self, record: Record) -> crate::state::Body {
        let confirmed = self.records[record as usize].body;
        let waiting = self.outbox.iter().map(|waiting| waiting.envelope).filter(|envelope| envelope.record == record);
        waiting.fold(
            confirmed,
            |body, envelope| {
                if body.count(envelope) == 0 && body.allows(envelope) { body.with(envelope) } else { body }
            },
        )
    }

    /// Judged, applied, chained and kept. Whether the phone's own rules allowed it.
    pub fn perform(&mut self, phone: u8, remade: u8, record: Record) -> bool {
        let (prev_seq, link) = self.outbox.last().map_or(self.chain, |last| (last.envelope.seq, last.hash));
        let envelope = Envelope { phone, seq: prev_seq + 1, prev_seq, record, remade };
        if !self.shown(record).allows(envelope) {
            return false;
        }
        self.made.push(envelope);
        self.outbox.push(Waiting { envelope, hash: link.next(envelope), version: None, refused_before: false });
        true
    }

    /// What to send next.
    pub fn next_push(&self, phone: u8) -> Option<Push> {
        let waiting = self.outbox.iter().map(|waiting| waiting.envelope);
        let commands: Vec<_> = waiting.filter(|envelope| envelope.seq > self.chain.0).collect();
        let epoch = self.epoch?;
        (!commands.is_empty()).then_some(Push { phone, epoch, prev_hash: self.chain.1, commands })
    }

    /// Takes a command that was answered for good out of the outbox.
    fn retire(&mut self, place: usize, was_refused: bool) {
        let Waiting { envelope, hash, .. } = self.outbox.remove(place);
        self.sent.push(Sent { envelope, hash, was_refused });
        self.sent.sort_by_key(|sent| sent.envelope.seq);
    }

    /// Takes in what the server answered.
    pub fn settle(&mut self, answers: &[Answer], fault: Option<Fault>) {
        let mut last = None;
        for answer in answers {
            let Some(place) = self.outbox.iter().position(|waiting| waiting.envelope.seq == answer.seq) else { continue };
            if answer.refused && fault == Some(Fault::StopAtRefusal) {
                break;
            }
            let Waiting { hash, refused_before, .. } = self.outbox[place];
            last = last.max(Some((answer.seq, hash)));
            if answer.refused {
                if !refused_before && fault != Some(Fault::DropOnRefusal) {
                    self.refused.push(answer.seq);
                }
                self.retire(place, true);
            } else {
                self.outbox[place].version = Some(answer.version);
                if refused_before {
                    self.refused.retain(|seq| *seq != answer.seq);
                }
                if fault == Some(Fault::PruneOnAccept) {
                    self.retire(place, false);
                }
            }
        }
        self.chain = last.unwrap_or(self.chain);
    }

    /// The link of the phone's own chain after a command, as far as it is kept.
    fn link(&self, seq: u8) -> Option<ChainHash> {
        if seq == 0 {
            return Some(ChainHash::default());
        }
        let waiting = self.outbox.iter().map(|waiting| (waiting.envelope.seq, waiting.hash));
        let sent = self.sent.iter().map(|sent| (sent.envelope.seq, sent.hash));
        waiting.chain(sent).chain([self.chain]).find(|(at, _)| *at == seq).map(|(_, hash)| hash)
    }

    /// Goes back to where the server stands, and sends again from there.
    pub fn rewind(&mut self, seq: u8, hash: ChainHash) -> Result<(), Diverged> {
        let waiting = self.outbox.iter().map(|waiting| waiting.envelope);
        let after = waiting.chain(self.sent.iter().map(|sent| sent.envelope)).filter(|envelope| envelope.seq > seq);
        let next = after.min_by_key(|envelope| envelope.seq);
        if self.link(seq) != Some(hash) || next.is_some_and(|next| next.prev_seq != seq) {
            return Err(Diverged);
        }
        for waiting in self.outbox.iter_mut().filter(|waiting| waiting.envelope.seq > seq) {
            waiting.version = None;
        }
        let taken_back = self.sent.iter().filter(|sent| sent.envelope.seq > seq).map(|sent| Waiting {
            envelope: sent.envelope,
            hash: sent.hash,
            version: None,
            refused_before: sent.was_refused,
        });
        self.outbox.extend(taken_back);
        self.outbox.sort_by_key(|waiting| waiting.envelope.seq);
        self.sent.retain(|sent| sent.envelope.seq <= seq);
        self.chain = (seq, hash);
        Ok(())
    }

    /// Has the last command that the server answered sent once more.
    fn probe(&mut self) {
        let accepted = self.outbox.iter().filter(|waiting| waiting.version.is_some()).map(|waiting| waiting.envelope);
        let last = accepted.chain(self.sent.iter().map(|sent| sent.envelope)).max_by_key(|envelope| envelope.seq);
        let Some((prev_seq, hash)) = last.and_then(|last| Some((last.prev_seq, self.link(last.prev_seq)?))) else { return };
        // What is kept follows on itself, so that going back to it cannot fail.
        let _ = self.rewind(prev_seq, hash);
    }

    /// Takes in the head of a pull. Whether its epoch is another than before.
    pub fn begin(&mut self, epoch: u8, fault: Option<Fault>) -> bool {
        let known = self.epoch.replace(epoch);
        if known.is_none_or(|known| known == epoch) || fault == Some(Fault::IgnoreEpoch) {
            return false;
        }
        self.cursor = 0;
        for record in &mut self.records {
            record.version = -record.version.abs();
        }
        self.sweep = true;
        if fault != Some(Fault::NoProbe) {
            self.probe();
        }
        true
    }

    /// Takes in a page together with the cursor it carries.
    pub fn apply_page(&mut self, record: Record, stored: Stored, cursor: i8) {
        let held = &mut self.records[record as usize];
        if stored.version > held.version {
            *held = stored;
        }
        self.cursor = self.cursor.max(cursor);
    }

    /// Takes in the end of a pull: accepted commands whose effect has arrived leave the outbox.
    pub fn finish(&mut self, version: i8, fault: Option<Fault>) {
        while let Some(place) = self.outbox.iter().position(|waiting| waiting.version.is_some_and(|at| at <= version)) {
            self.retire(place, false);
        }
        if std::mem::take(&mut self.sweep) && fault != Some(Fault::NoSweep) {
            for record in self.records.iter_mut().filter(|record| record.version < 0) {
                *record = Stored::default();
            }
        }
    }
}
