//! The steps: what people do, what the network does, and what goes wrong.

use haitang_app::AppError;
use haitang_domain::time::{DAY_MS, HOUR_MS, MINUTE_MS};
use http::{Response, StatusCode};

use crate::handset::Fate;
use crate::people;
use crate::world::{Fine, World};

/// Phones that there may ever be in one world.
const PHONES_MAX: usize = 14;
/// Things a person tries before giving up.
const TRIES: u32 = 8;
const PORTAL: &str = "<!DOCTYPE html><html><body>Please sign in</body></html>";

impl World {
    pub(crate) fn take_step(&mut self) -> Fine {
        let pause = match self.chance.below(100) {
            0 => self.chance.below(3 * DAY_MS as usize),
            1..5 => self.chance.below(6 * HOUR_MS as usize),
            _ => self.chance.below(3 * MINUTE_MS as usize),
        };
        self.time.pass(pause as i64);
        let phone = self.chance.below(self.handsets.len());
        match self.chance.below(1_000) {
            0..450 => self.person_acts(phone),
            450..650 => {
                let faulty = self.chance.one_in(3);
                self.sync_through(phone, faulty)
            }
            650..700 => self.begin_sync(phone),
            700..850 => self.network_moves(),
            850..890 => self.power_of(phone),
            890..910 => self.power_of_server(),
            960..970 => self.lose(phone),
            975..982 => {
                self.site.back_up();
                self.note("back_up", "");
                self.after_server()
            }
            982..986 => self.set_server_back(),
            986..994 => self.image(phone),
            994.. => self.set_phone_back(),
            other => {
                self.odds(other, phone);
                Ok(())
            }
        }
    }

    /// What goes wrong by itself.
    fn odds(&mut self, kind: usize, phone: usize) {
        match kind {
            910..930 => self.trouble_of(phone),
            930..940 => self.trouble_of_server(),
            940..955 => self.clock_of(phone),
            955..960 => self.clock_of_server(),
            _ => self.second_phone(phone),
        }
    }

    /// A person does something, or tries a few things until one of them is allowed.
    fn person_acts(&mut self, phone: usize) -> Fine {
        for _ in 0..TRIES {
            let handset = &self.handsets[phone];
            let Some(app) = handset.phone().filter(|_| handset.device.is_some()) else { return Ok(()) };
            let app = app.clone();
            let done = people::act(&app, &mut self.chance, &mut self.around);
            drop(app);
            match &done {
                Ok(what) => self.note(what, format!("by {phone}")),
                Err(AppError::Refused(refusal)) => self.note("refused", format!("by {phone}: {refusal}")),
                Err(error) => self.note("failed", format!("by {phone}: {error}")),
            }
            self.after(phone)?;
            let handset = &self.handsets[phone];
            match done {
                Ok("nothing") | Err(AppError::Refused(_)) => {}
                Ok(_) => return Ok(()),
                Err(_) if handset.in_trouble || !handset.is_on() => return Ok(()),
                Err(error) => return Err(format!("phone {phone}: {error}")),
            }
        }
        Ok(())
    }

    /// Begins to sync, or to enrol where that is still to be done.
    pub(crate) fn begin_sync(&mut self, phone: usize) -> Fine {
        let handset = &mut self.handsets[phone];
        if handset.fate == Fate::Wiped || !handset.is_on() || handset.is_busy() {
            return Ok(());
        }
        let enrols = handset.device.is_none() || (handset.was_told && !handset.is_lost);
        if !enrols {
            handset.begin_sync();
        } else if let Some(code) = self.site.code(handset.member, self.time.now()) {
            handset.begin_enrolment(code);
            self.pulled.remove(&phone);
        }
        self.after_server()?;
        self.go_on(phone)?;
        Ok(())
    }

    /// Begins to sync, if it does not yet, and lets everything through until that ends; if `faulty`, not quite everything.
    pub(crate) fn sync_through(&mut self, phone: usize, faulty: bool) -> Fine {
        if faulty {
            self.endanger(phone);
        }
        self.begin_sync(phone)?;
        for _ in 0..2_000 {
            if !self.handsets[phone].is_busy() {
                return Ok(());
            }
            let under_way = self.air.under_way(Some(phone));
            let Some(exchange) = under_way.last().copied() else {
                return Err(format!("phone {phone} waits for nothing"));
            };
            if faulty && self.chance.one_in(12) {
                self.network_fails(exchange)?;
            } else if self.air.with(exchange, |exchange| exchange.answer.is_some()) == Some(true) {
                let bytes = if faulty { 1 + self.chance.below(2_000) } else { usize::MAX };
                self.air.deliver(exchange, bytes);
            } else {
                self.server_takes(exchange)?;
            }
            self.go_on(phone)?;
        }
        Err(format!("a round of phone {phone} does not end"))
    }

    /// Has the power go in the middle of what the phone, or the server, is about to write.
    fn endanger(&mut self, phone: usize) {
        let steps = self.chance.below(24) as u64;
        match self.chance.below(6) {
            0 | 1 if self.handsets[phone].is_on() => {
                self.handsets[phone].disk.cut_after(Some(steps));
                self.handsets[phone].in_trouble = true;
                self.note("disk", format!("of {phone}: dies after {steps}"));
            }
            2 => {
                self.site.disk.cut_after(Some(steps));
                self.note("server_disk", format!("dies after {steps}"));
            }
            _ => {}
        }
    }

    /// The server takes a request in and answers, where it can.
    fn server_takes(&mut self, id: u64) -> Fine {
        let Some(request) = self.air.with(id, |exchange| exchange.request.clone()) else { return Ok(()) };
        let phone = self.air.with(id, |exchange| exchange.phone).unwrap_or_default();
        let path = request.uri().path().to_owned();
        let now = haitang_server::clock::Clock::now(&self.site.clock);
        let answer = self.site.ask(&request);
        // One that got no answer may have been taken in all the same.
        if path == "/v1/push" && answer.as_ref().is_none_or(|(head, _)| head.status().is_success()) {
            self.changes += 1;
        }
        match answer {
            Some((head, body)) => {
                self.note("answer", format!("to {phone}: {path} {}", head.status()));
                if path == "/v1/pull" && head.status().is_success() {
                    self.pulled.insert(phone, (self.changes, now));
                }
                self.air.answered(id, head, body);
            }
            None => {
                self.note("no_answer", format!("to {phone}: {path}"));
                self.air.cut(id, true);
            }
        }
        self.after_server()
    }

    /// Something goes wrong with one exchange.
    fn network_fails(&mut self, id: u64) -> Fine {
        let answered = self.air.with(id, |exchange| exchange.answer.is_some()) == Some(true);
        let told = self.chance.one_in(2);
        match self.chance.below(6) {
            0 if !answered => {
                let mut head = Response::new(());
                *head.status_mut() = StatusCode::OK;
                head.headers_mut().insert("content-type", http::HeaderValue::from_static("text/html"));
                self.note("portal", id);
                self.air.answer_in_its_place(id, head, PORTAL);
            }
            // It arrives twice: once now, and the answer to that is what comes back.
            1 | 2 if !answered => {
                self.note("twice", id);
                self.server_takes_unanswered(id)?;
            }
            3 if !answered => {
                // The server gets it, and the phone hears nothing of it.
                self.note("answer_lost", id);
                self.server_takes_unanswered(id)?;
                self.air.cut(id, true);
            }
            _ => {
                self.note("cut", id);
                self.air.cut(id, told);
            }
        }
        Ok(())
    }

    fn server_takes_unanswered(&mut self, id: u64) -> Fine {
        let Some(request) = self.air.with(id, |exchange| exchange.request.clone()) else { return Ok(()) };
        if request.uri().path() == "/v1/push" {
            self.changes += 1;
        }
        self.site.ask(&request);
        self.after_server()
    }

    /// Something happens to one of the exchanges under way.
    fn network_moves(&mut self) -> Fine {
        let under_way = self.air.under_way(None);
        let Some(id) = self.chance.pick(&under_way).copied() else { return Ok(()) };
        let phone = self.air.with(id, |exchange| exchange.phone).unwrap_or_default();
        let answered = self.air.with(id, |exchange| exchange.answer.is_some()) == Some(true);
        match self.chance.below(8) {
            0 => self.network_fails(id)?,
            _ if answered => {
                let bytes = 1 + self.chance.below(3_000);
                self.air.deliver(id, bytes);
            }
            _ => self.server_takes(id)?,
        }
        self.go_on(phone)?;
        Ok(())
    }

    fn power_of(&mut self, phone: usize) -> Fine {
        let seed = self.chance.number();
        let again = self.chance.below(3) > 0;
        let handset = &mut self.handsets[phone];
        if handset.fate == Fate::Wiped {
            return Ok(());
        }
        if handset.is_on() {
            handset.cut_power(seed);
            self.note("power_cut", phone);
            if !again {
                return Ok(());
            }
        }
        self.switch_on(phone)
    }

    /// Switches a phone on that is off.
    pub(crate) fn switch_on(&mut self, phone: usize) -> Fine {
        if self.chance.one_in(2) {
            self.handsets[phone].clock.boot();
        }
        let handset = &mut self.handsets[phone];
        handset.in_trouble = false;
        handset.start().map_err(|error| format!("phone {phone} does not start again: {error}"))?;
        self.note("power_on", phone);
        // What it did in its last moments may be there or not.
        self.see(phone, None)
    }

    /// After anything that the server did: one whose power went is off.
    pub(crate) fn after_server(&mut self) -> Fine {
        if self.site.disk.is_off() {
            let seed = self.chance.number();
            self.site.cut_power(seed);
            self.note("server_power_cut", "");
        }
        self.site.storage().map_or(Ok(()), |storage| self.chronicle.see(storage))
    }

    fn power_of_server(&mut self) -> Fine {
        if self.site.is_up() {
            let seed = self.chance.number();
            self.site.cut_power(seed);
            self.note("server_power_cut", "");
            if self.chance.one_in(3) {
                return Ok(());
            }
        }
        self.start_server()
    }

    pub(crate) fn start_server(&mut self) -> Fine {
        self.site.start().map_err(|error| format!("the server does not start again: {error}"))?;
        self.note("server_power_on", "");
        self.after_server()
    }

    fn trouble_of(&mut self, phone: usize) {
        let kind = self.chance.below(4);
        let steps = self.chance.below(30) as u64;
        let handset = &mut self.handsets[phone];
        if !handset.is_on() {
            return;
        }
        handset.in_trouble = true;
        match kind {
            0 => handset.disk.fill(true),
            1 => handset.disk.fail_syncs(1),
            2 => handset.disk.cut_after(Some(steps)),
            _ => {
                handset.disk.be_well();
                handset.in_trouble = false;
            }
        }
        self.note("disk", format!("of {phone}: {kind}"));
    }

    fn trouble_of_server(&mut self) {
        let kind = self.chance.below(4);
        let steps = self.chance.below(40) as u64;
        match kind {
            0 => self.site.disk.fill(true),
            1 => self.site.disk.fail_syncs(1),
            2 => self.site.disk.cut_after(Some(steps)),
            _ => self.site.disk.be_well(),
        }
        self.note("server_disk", kind);
    }

    fn clock_of(&mut self, phone: usize) {
        let far = [0, -MINUTE_MS, 10 * MINUTE_MS, -3 * DAY_MS, 400 * DAY_MS, -20_000 * DAY_MS];
        let wrong_by = far[self.chance.below(far.len())];
        self.handsets[phone].clock.set_wrong_by(wrong_by);
        self.note("clock", format!("of {phone}: {wrong_by}"));
    }

    fn clock_of_server(&mut self) {
        let far = [0, 0, -5 * MINUTE_MS, 2 * HOUR_MS];
        let wrong_by = far[self.chance.below(far.len())];
        self.site.clock.set_wrong_by(wrong_by);
        self.clock_was_right &= wrong_by == 0;
        self.note("server_clock", wrong_by);
    }

    /// A phone is lost: the server is told, and its holder gets another.
    fn lose(&mut self, phone: usize) -> Fine {
        let handset = &self.handsets[phone];
        let (member, now) = (handset.member, self.time.now());
        let (Some(device), Some(storage)) = (handset.device, self.site.storage()) else { return Ok(()) };
        if ![Fate::Used, Fate::SetBack].contains(&handset.fate) || self.handsets.len() >= PHONES_MAX {
            return Ok(());
        }
        let done = storage.revoke_device(device, now);
        self.changes += 1;
        if matches!(done, Ok(true)) {
            self.handsets[phone].fate = Fate::Revoked;
            self.handsets[phone].is_lost = true;
            self.note("revoke", phone);
            self.give_phone(member);
        }
        self.after_server()
    }

    /// Somebody uses two phones.
    fn second_phone(&mut self, phone: usize) {
        if self.handsets.len() < PHONES_MAX {
            self.note("second_phone", phone);
            self.give_phone(self.handsets[phone].member);
        }
    }

    fn set_server_back(&mut self) -> Fine {
        if !self.site.set_back() {
            return Ok(());
        }
        self.note("server_set_back", "");
        self.changes += 1;
        let storage = self.site.storage().ok_or("a restored server runs")?;
        self.chronicle.set_back(storage)?;
        // What was answered was answered by a server that is gone. What was not may still arrive at the new one.
        for id in self.air.under_way(None) {
            if self.air.with(id, |exchange| exchange.answer.is_some()) == Some(true) {
                let phone = self.air.with(id, |exchange| exchange.phone).unwrap_or_default();
                self.air.cut(id, true);
                self.go_on(phone)?;
            }
        }
        let storage = self.site.storage().ok_or("a restored server runs")?;
        for handset in self.handsets.iter_mut().filter(|handset| handset.fate != Fate::Wiped) {
            let Some(device) = handset.device else { continue };
            match storage.device(device).map_err(|error| error.to_string())? {
                None => handset.fate = Fate::Unknown,
                Some(found) if found.revoked.is_none() && handset.fate == Fate::Revoked => {
                    handset.fate = if handset.was_set_back { Fate::SetBack } else { Fate::Used };
                }
                Some(_) => {}
            }
        }
        Ok(())
    }

    /// A copy is made of a phone's folder.
    fn image(&mut self, phone: usize) -> Fine {
        let seed = self.chance.number();
        let handset = &mut self.handsets[phone];
        if handset.fate != Fate::Used || !handset.is_on() || handset.device.is_none() {
            return Ok(());
        }
        handset.cut_power(seed);
        let image = handset.image();
        self.images.push((phone, image));
        self.note("image", phone);
        self.switch_on(phone)
    }

    /// A phone is set back to a copy made before.
    fn set_phone_back(&mut self) -> Fine {
        let Some((phone, image)) = self.images.pop() else { return Ok(()) };
        let seed = self.chance.number();
        let handset = &mut self.handsets[phone];
        if handset.fate != Fate::Used {
            return Ok(());
        }
        handset.cut_power(seed);
        handset.set_back(&image);
        handset.fate = Fate::SetBack;
        handset.was_set_back = true;
        if let Some(device) = handset.device {
            self.witness.excuse(device);
        }
        self.note("phone_set_back", phone);
        self.switch_on(phone)
    }
}
