//! The server: what `server/src/hub` does.

use crate::Fault;
use crate::state::{Answer, Disk, Entry, Frame, Job, Problem, Push, Record, Store};

impl Disk {
    /// Whether the commands follow on what is known.
    fn check(&self, push: &Push, fault: Option<Fault>) -> Result<(), Problem> {
        if fault == Some(Fault::TakeAcrossGap) {
            return Ok(());
        }
        let known = self.devices[usize::from(push.phone)];
        let first = push.commands.first().map_or(0, |first| first.seq);
        let (mut prev, mut link) = (push.commands.first().map_or(0, |first| first.prev_seq), push.prev_hash);
        for command in &push.commands {
            if command.seq > known.0 && prev <= known.0 && (prev, link) != known {
                return Err(Problem::Diverged);
            }
            if prev > known.0 && command.seq == first {
                return Err(Problem::Gap(known.0, known.1));
            }
            prev = command.seq;
            link = link.next(*command);
            if command.seq <= known.0 && fault != Some(Fault::BelieveNumber) {
                let same = self.log.iter().any(|entry| entry.envelope == *command);
                if !same || (command.seq == known.0 && link != known.1) {
                    return Err(Problem::Diverged);
                }
            }
        }
        Ok(())
    }

    /// Judges a command and writes what it leads to; whether it was refused.
    fn apply(&mut self, job: &Job, place: usize, fault: Option<Fault>) -> bool {
        let envelope = job.push.commands[place];
        let stored = &mut self.records[envelope.record as usize];
        let refused = !stored.body.allows(envelope);
        if !refused || fault == Some(Fault::RefusalTakesVersion) {
            self.version += 1;
        }
        if !refused {
            stored.body = stored.body.with(envelope);
            stored.version = self.version;
        }
        self.log.push(Entry { envelope, version: self.version, refused, late: job.late });
        refused
    }

    /// Takes in one push: an answer a command, or a problem of the push.
    pub fn push(&mut self, job: &Job, fault: Option<Fault>) -> Result<Vec<Answer>, Problem> {
        if job.push.epoch != self.epoch && fault != Some(Fault::TakeAnyEpoch) {
            return Err(Problem::EpochChanged);
        }
        self.check(&job.push, fault)?;
        let phone = usize::from(job.push.phone);
        let mut answers = Vec::new();
        for (place, command) in job.push.commands.iter().enumerate() {
            let logged = self.log.iter().find(|entry| (entry.envelope.phone, entry.envelope.seq) == (command.phone, command.seq));
            match logged {
                Some(logged) if fault != Some(Fault::ApplyTwice) => {
                    answers.push(Answer { seq: command.seq, version: logged.version, refused: logged.refused });
                }
                _ => {
                    let refused = self.apply(job, place, fault);
                    self.devices[phone] = (command.seq, self.devices[phone].1.next(*command)).max(self.devices[phone]);
                    answers.push(Answer { seq: command.seq, version: self.version, refused });
                }
            }
        }
        Ok(answers)
    }

    /// Whether a phone was revoked.
    pub fn is_revoked(&self, phone: u8) -> bool {
        self.revoked && phone == 0
    }

    /// Answers a pull out of one consistent view; the frames in the order in which they are to be taken, the first last.
    pub fn pull(&self, phone: u8, store: &Store) -> Vec<Frame> {
        if self.is_revoked(phone) {
            return vec![Frame::Problem(Problem::Revoked)];
        }
        let goes_on = store.epoch == Some(self.epoch) && store.cursor <= self.version;
        let after = if goes_on { store.cursor } else { 0 };
        let mut changed: Vec<_> = Record::ALL
            .into_iter()
            .map(|record| (record, self.records[record as usize]))
            .filter(|(_, at)| at.version > after)
            .collect();
        changed.sort_by_key(|(_, stored)| -stored.version);
        let mut frames = vec![Frame::End(self.version)];
        // The last page carries the cursor to the head of the shard.
        let mut cursor = self.version;
        for (record, stored) in changed {
            frames.push(Frame::Page(record, stored, cursor.max(stored.version)));
            cursor = i8::MIN;
        }
        frames.push(Frame::Head(self.epoch));
        frames
    }
}
