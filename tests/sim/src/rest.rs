//! Coming to rest: everything is mended, everyone syncs, and all must agree.

use haitang_app::{Status, Stop};

use crate::handset::Fate;
use crate::judge;
use crate::witness::{Log, read_log};
use crate::world::{Fine, World};

/// Rounds after which everything must have settled.
const ROUNDS_MAX: u32 = 24;

impl World {
    pub(crate) fn rest(&mut self) -> Fine {
        self.mend()?;
        self.settle()?;
        let storage = self.site.storage().ok_or("the server runs")?;
        judge::log_is_whole(storage)?;
        judge::ledgers_are_true(storage, self.time.now())?;
        if self.clock_was_right {
            judge::moments_are_true(storage, &self.witness.truth)?;
        }
        let authority = self.handsets.iter().find_map(|handset| handset.phone()?.identity().ok());
        if let Some(identity) = authority {
            self.chronicle.rebuild(storage, identity.server_key)?;
        }
        let log = read_log(storage)?;
        for code in
            log.values().filter_map(|logged| logged.refusal.as_ref()).map(|refusal| refusal.code.as_str()).collect::<Vec<_>>()
        {
            self.note(&format!("server_refused_{code}"), "");
        }
        for phone in 0..self.handsets.len() {
            self.check(phone, &log).map_err(|what| format!("phone {phone}: {what}"))?;
        }
        Ok(())
    }

    /// Power, disks, clocks and the network are well again.
    fn mend(&mut self) -> Fine {
        for id in self.air.under_way(None) {
            let phone = self.air.with(id, |exchange| exchange.phone).unwrap_or_default();
            self.air.cut(id, true);
            self.go_on(phone)?;
        }
        self.site.disk.be_well();
        self.site.clock.set_wrong_by(0);
        if !self.site.is_up() {
            self.start_server()?;
        }
        for phone in 0..self.handsets.len() {
            let handset = &mut self.handsets[phone];
            handset.disk.be_well();
            handset.in_trouble = false;
            if !handset.is_on() && handset.fate != Fate::Wiped {
                self.switch_on(phone)?;
            }
        }
        Ok(())
    }

    /// Everyone syncs until nobody has anything to send any more.
    fn settle(&mut self) -> Fine {
        let mut unsettled = vec![];
        for _ in 0..ROUNDS_MAX {
            let before = self.changes;
            unsettled.clear();
            for phone in 0..self.handsets.len() {
                self.time.pass(1_000);
                self.sync_through(phone, false)?;
                let handset = &self.handsets[phone];
                let (Some(app), true) = (handset.phone(), !(handset.fate == Fate::Unknown && handset.is_lost)) else { continue };
                let status = app.watch().borrow().status;
                let outbox = app.outbox_status().map_err(|error| error.to_string())?;
                let stopped = status == Status::Stopped(Stop::Diverged) && handset.fate == Fate::SetBack;
                if !stopped
                    && (status != Status::Idle
                        || outbox.waiting + outbox.accepted + outbox.files + outbox.files_stuck > 0
                        || !outbox.synced)
                {
                    unsettled.push(format!("phone {phone}: {status:?} {outbox:?}"));
                }
            }
            if unsettled.is_empty() && self.changes == before {
                return Ok(());
            }
        }
        Err(format!("it does not settle: {unsettled:?}"))
    }

    fn check(&self, phone: usize, log: &Log) -> Fine {
        let handset = &self.handsets[phone];
        let (Some(store), Some(device), Some(storage)) = (handset.store(), handset.device, self.site.storage()) else {
            let gone = handset.fate == Fate::Wiped;
            return if gone { Ok(()) } else { Err("is not enrolled in the end".into()) };
        };
        let exported = handset.phone().map(haitang_app::Phone::export_unsent);
        if !matches!(exported, Some(Ok(_))) {
            return Err(format!("its unsent work cannot be exported: {exported:?}"));
        }
        match handset.fate {
            Fate::Unknown => return Ok(()),
            Fate::SetBack => self.witness.hold(device, store, log, true)?,
            _ => self.witness.hold(device, store, log, false)?,
        }
        if handset.fate == Fate::Revoked {
            return Err("was revoked, has synced and is not wiped".into());
        }
        let now = haitang_server::clock::Clock::now(&self.site.clock);
        if handset.fate == Fate::Used {
            judge::same(store, &judge::visible(storage, handset.member, now)?)?;
            self.witness.files_arrived(device, storage, log)?;
            judge::quiet(store)?;
        }
        Ok(())
    }
}
