//! Carries out what the sync machine says, with the real store and the real network.

use haitang_domain::Timestamp;
use haitang_protocol::frame::{Frame, FrameKind};
use haitang_protocol::pull::{End, Head, Page};
use haitang_protocol::push::Push;
use haitang_protocol::{Problem, ProblemCode};
use haitang_store::push::Reached;
use haitang_sync::{Event, Failure, Frame as Seen, Instruction, Machine, Status};
use tokio::time::{Duration, timeout};

use crate::error::AppError;
use crate::phone::Phone;
use crate::transport::PullStream;
use crate::work::{Begun, begin, blocking};

/// Commands sent at once. Larger batches save little and lose more when they are cut.
const BATCH_COMMANDS: usize = 1_000;
/// Bytes of commands sent at once.
const BATCH_BYTES: usize = 1024 * 1024;

/// What sync is doing, for the line that is always on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SyncStatus {
    /// What is happening.
    pub status: Status,
    /// Commands and files not yet on the server.
    pub unsent: u64,
}

impl Default for SyncStatus {
    fn default() -> Self {
        Self { status: Status::Idle, unsent: 0 }
    }
}

/// One round of sync: from the first instruction until the machine is at rest.
struct Round<'a> {
    phone: &'a Phone,
    stream: Option<PullStream>,
    /// The frame that arrived last and is to be stored.
    frame: Option<Frame>,
    head: Option<Head>,
    /// How far the server has answered, and the answers being stored meanwhile.
    settling: Option<(Reached, Begun<()>)>,
    /// The problem that the next rewind answers.
    problem: Option<(haitang_domain::Id, Problem)>,
    wait_ms: Option<u64>,
    /// What was just stored gives reason to go round once more.
    again: bool,
}

/// What a round came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoundEnd {
    /// Where the machine came to rest.
    pub status: Status,
    /// After how long to try again, where it failed.
    pub wait_ms: Option<u64>,
}

impl Phone {
    /// Syncs once: sends what waits, receives what is new, sends files. Ends when all is done or something fails; nothing that was
    /// stored before a failure is lost, and the next round goes on from there.
    pub async fn sync(&self) -> Result<RoundEnd, AppError> {
        let mut machine = Machine::default();
        let end = self.round(&mut machine).await?;
        // What came may give the phone something to do by itself, which is sent at once.
        if end.status == Status::Idle && blocking(self, Phone::keep_up).await? {
            return self.round(&mut machine).await;
        }
        Ok(end)
    }

    /// Syncs for as long as it is polled: at once, whenever a command is made, whenever the server says that a feed has moved, and
    /// again after failures. This is what a shell runs while its app is in the foreground.
    pub async fn sync_forever(&self) -> Result<(), AppError> {
        tokio::select! {
            ended = self.rounds() => ended,
            ended = self.listening() => ended,
        }
    }

    async fn rounds(&self) -> Result<(), AppError> {
        let mut machine = Machine::default();
        loop {
            let end = self.round(&mut machine).await?;
            blocking(self, Phone::catch_up_search).await?;
            // Whatever it does wakes the next round.
            blocking(self, Phone::keep_up).await?;
            match end.wait_ms {
                Some(ms) if !matches!(end.status, Status::Stopped(_)) => {
                    let _ = timeout(Duration::from_millis(ms), self.inner.wake.notified()).await;
                }
                _ => self.inner.wake.notified().await,
            }
        }
    }

    /// Keeps the live connection open. It lies beside the rounds, not between them: what moves while a round runs is told too,
    /// and each new connection asks for one round, because nobody told what moved before it.
    async fn listening(&self) -> Result<(), AppError> {
        let mut failures = 0;
        loop {
            self.identity()?;
            failures = if self.listen().await.is_ok() { 0 } else { failures + 1 };
            let wait = haitang_sync::wait_ms(failures.max(1), u64::from_le_bytes(self.inner.surroundings.random()));
            tokio::time::sleep(Duration::from_millis(wait)).await;
        }
    }

    /// Watches what sync is doing.
    pub fn watch(&self) -> tokio::sync::watch::Receiver<SyncStatus> {
        self.inner.status.subscribe()
    }

    async fn listen(&self) -> Result<(), AppError> {
        self.ensure_token().await?;
        self.transport()?.listen(|| self.inner.wake.notify_one()).await
    }

    /// Makes sure that there is an access token.
    pub(crate) async fn ensure_token(&self) -> Result<(), AppError> {
        let mono_ms = self.inner.surroundings.clock.mono_ms();
        if self.transport()?.has_token(mono_ms).await {
            return Ok(());
        }
        let (device, key) = (self.identity()?.device, self.signing_key()?);
        self.transport()?.fetch_token(device, &key, mono_ms).await
    }

    async fn round(&self, machine: &mut Machine) -> Result<RoundEnd, AppError> {
        let _one_at_a_time = self.inner.round.lock().await;
        self.identity()?;
        let mut round = Round::new(self);
        let held = self.transport()?.has_token(self.inner.surroundings.clock.mono_ms()).await;
        machine.on(if held { Event::TokenHeld } else { Event::TokenEnded });
        let mut events = vec![Event::Wake];
        loop {
            let event = match events.pop() {
                Some(event) => event,
                // Between frames the machine waits for the stream.
                None if machine.is_at_rest() => break,
                None => round.next_frame().await,
            };
            for instruction in machine.on(event) {
                if let Some(event) = round.carry_out(instruction, machine).await? {
                    events.push(event);
                }
                if std::mem::take(&mut round.again) {
                    events.push(Event::Wake);
                }
            }
        }
        round.settled().await?;
        self.show(machine.status());
        Ok(RoundEnd { status: machine.status(), wait_ms: round.wait_ms })
    }

    fn show(&self, status: Status) {
        let unsent = self.store().unsent().unwrap_or(0);
        self.inner.status.send_replace(SyncStatus { status, unsent });
    }
}

impl<'a> Round<'a> {
    fn new(phone: &'a Phone) -> Self {
        Self { phone, stream: None, frame: None, head: None, settling: None, problem: None, wait_ms: None, again: false }
    }

    /// What the machine is told of a failure.
    fn failed(&self, error: &AppError) -> Event {
        let failure = match error {
            AppError::Server(problem) => {
                let after = problem.values.get("after_s").and_then(|after| after.parse::<u64>().ok());
                Failure::Problem(problem.code, after.map(|seconds| seconds * 1_000))
            }
            AppError::Network(_) => Failure::Network,
            AppError::Portal => Failure::Portal,
            AppError::Untrusted(_) => Failure::Untrusted,
            AppError::DiskFull => Failure::DiskFull,
            _ => Failure::Fault,
        };
        tracing::info!(code = error.code(), "sync failed: {error}");
        Event::Failed(failure, u64::from_le_bytes(self.phone.inner.surroundings.random()))
    }

    async fn carry_out(&mut self, instruction: Instruction, machine: &Machine) -> Result<Option<Event>, AppError> {
        let done = match instruction {
            Instruction::FetchToken => self.phone.ensure_fresh_token().await.map(|()| Some(Event::TokenArrived)),
            Instruction::Push => self.push().await.map(Some),
            Instruction::Rewind => self.rewind().map(|()| Some(Event::Rewound)),
            Instruction::Pull => self.pull().await.map(|()| None),
            Instruction::Store => self.store().await.map(|more| Some(Event::Stored { more })),
            Instruction::Upload => {
                self.phone.upload_piece().await.map(|sent| Some(if sent { Event::Uploaded } else { Event::FilesEmpty }))
            }
            Instruction::CloseStream => {
                self.stream = None;
                Ok(None)
            }
            Instruction::WakeAfter(ms) => {
                self.wait_ms = Some(ms);
                Ok(None)
            }
            Instruction::Wipe => {
                self.phone.wipe()?;
                return Ok(None);
            }
            Instruction::Show => {
                self.phone.show(machine.status());
                Ok(None)
            }
        };
        Ok(done.unwrap_or_else(|error| Some(self.failed(&error))))
    }

    /// Sends the next commands. The answers to those before are stored meanwhile: should that fail, or the phone be killed, the
    /// server is asked for them again.
    async fn push(&mut self) -> Result<Event, AppError> {
        let phone = self.phone;
        let reached = self.settling.as_ref().map(|(reached, _)| *reached);
        let next = blocking(phone, move |phone| Ok(phone.store().next_push(reached, BATCH_COMMANDS, BATCH_BYTES)?)).await?;
        let Some(batch) = next else {
            self.settled().await?;
            return Ok(Event::OutboxEmpty);
        };
        let (shard, seq, hash) = (batch.shard, batch.last_seq, batch.last_hash);
        let push = Push {
            device: phone.identity()?.device,
            shard,
            mono_ms: phone.inner.surroundings.clock.mono_ms(),
            boot: phone.inner.surroundings.clock.boot(),
            prev_hash: batch.prev_hash.0,
            commands: batch.commands.into_iter().map(Into::into).collect(),
            signature: hash.sign(&phone.signing_key()?),
            epoch: batch.epoch,
        };
        let answer = phone.transport()?.push(&push).await;
        self.settled().await?;
        let answer = answer.inspect_err(|error| {
            if let AppError::Server(problem) = error
                && problem.code == ProblemCode::Gap
            {
                self.problem = Some((shard, problem.clone()));
            }
        })?;
        let token = answer.time.received(phone.inner.surroundings.clock.boot(), phone.inner.surroundings.clock.mono_ms());
        let storing = begin(phone, move |phone| {
            phone.store().settle(shard, &answer.answers)?;
            phone.changed();
            phone.keep_time(&token)
        });
        self.settling = Some((Reached { shard, seq, hash }, storing));
        Ok(Event::Settled)
    }

    /// Waits until the answers that arrived last are stored.
    async fn settled(&mut self) -> Result<(), AppError> {
        let Some((_, storing)) = self.settling.take() else { return Ok(()) };
        storing.done().await
    }

    fn rewind(&mut self) -> Result<(), AppError> {
        let Some((shard, problem)) = self.problem.take() else { return Ok(()) };
        let seq = problem.values.get("seq").and_then(|seq| seq.parse().ok());
        let hash = problem.values.get("hash").and_then(|hash| {
            let mut bytes = [0; 32];
            hex::decode_to_slice(hash, &mut bytes).ok().map(|()| haitang_protocol::ChainHash(bytes))
        });
        let (Some(seq), Some(hash)) = (seq, hash) else {
            return Err(AppError::Internal("the server does not say where it stands".into()));
        };
        self.phone.store().rewind(shard, seq, hash)?;
        self.phone.changed();
        Ok(())
    }

    async fn pull(&mut self) -> Result<(), AppError> {
        let request = blocking(self.phone, |phone| Ok(phone.store().pull_request()?)).await?;
        self.stream = Some(self.phone.transport()?.pull(&request, self.phone.inner.surroundings.threads).await?);
        Ok(())
    }

    /// The event of the next frame; the frame itself is kept for the store.
    async fn next_frame(&mut self) -> Event {
        let Some(stream) = &mut self.stream else { return Event::StreamEnded };
        let frame = match stream.next().await {
            None => return Event::StreamEnded,
            Some(Err(error)) => return self.failed(&error),
            Some(Ok(frame)) => frame,
        };
        let seen = match frame.kind {
            FrameKind::Head => frame.read::<Head>(FrameKind::Head).map(|head| {
                let waiting = head.feeds.iter().map(|feed| feed.waiting).sum();
                self.head = Some(head);
                Seen::Head { waiting }
            }),
            FrameKind::Page => {
                frame.read::<Page<'_>>(FrameKind::Page).map(|page| Seen::Page { changes: page.kinds.len() as u64 })
            }
            _ => frame.read::<End>(FrameKind::End).map(|_| Seen::End),
        };
        match seen {
            Ok(seen) => {
                self.frame = Some(frame);
                Event::Frame(seen)
            }
            Err(error) => self.failed(&error.into()),
        }
    }

    async fn store(&mut self) -> Result<bool, AppError> {
        let Some(frame) = self.frame.take() else { return Ok(false) };
        let (clock, phone) = (&self.phone.inner.surroundings.clock, self.phone);
        match frame.kind {
            FrameKind::Head => {
                let Some(head) = self.head.clone() else { return Ok(false) };
                let token = head.time.received(clock.boot(), clock.mono_ms());
                let begun = blocking(phone, move |phone| {
                    let begun = phone.store().begin(&head)?;
                    phone.changed();
                    phone.keep_time(&token)?;
                    Ok(begun)
                })
                .await?;
                // What a server that was set back has lost is sent again as soon as this pull is whole.
                self.again = begun.new_epoch;
                Ok(false)
            }
            FrameKind::Page => {
                let head = self.head.take();
                let (result, head) = blocking(phone, move |phone| {
                    let result = store_page(phone, head.as_ref(), &frame);
                    Ok((result, head))
                })
                .await?;
                self.head = head;
                result.map(|()| false)
            }
            _ => {
                let end: End = frame.read(FrameKind::End)?;
                let more = end.more;
                blocking(phone, move |phone| {
                    phone.store().finish(&end)?;
                    if more { Ok(()) } else { phone.note_sync() }
                })
                .await?;
                phone.changed();
                Ok(more)
            }
        }
    }
}

fn store_page(phone: &Phone, head: Option<&Head>, frame: &Frame) -> Result<(), AppError> {
    let page: Page<'_> = frame.read(FrameKind::Page)?;
    let feed = head.and_then(|head| head.feeds.get(page.feed as usize));
    let feed = feed.ok_or_else(|| AppError::Internal("a page of a feed that was not announced".into()))?;
    phone.store().apply_page(feed, &page)?;
    phone.changed();
    Ok(())
}

/// The setting that says when a sync was last whole, in milliseconds.
const LAST_SYNC: &str = "last_sync";

impl Phone {
    fn note_sync(&self) -> Result<(), AppError> {
        Ok(self.store().set_setting(LAST_SYNC, Some(&self.now().millis().to_string()))?)
    }

    /// When a sync was last whole.
    pub fn last_sync(&self) -> Result<Option<Timestamp>, AppError> {
        Ok(self.store().setting(LAST_SYNC)?.and_then(|text| text.parse().ok()).map(Timestamp::from_millis))
    }

    async fn ensure_fresh_token(&self) -> Result<(), AppError> {
        let (device, key) = (self.identity()?.device, self.signing_key()?);
        self.transport()?.fetch_token(device, &key, self.inner.surroundings.clock.mono_ms()).await
    }
}
