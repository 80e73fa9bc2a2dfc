//! What the model is made of. Small numbers and short lists: every state is hashed and kept.

/// Phones in the model.
pub const PHONES: usize = 2;
/// Records in the model.
pub const RECORDS: usize = 2;

/// A record, and with it the rule by which commands to it are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Record {
    /// One phone's alone once it came first: the other's commands to it are refused (as `AcceptTask` is).
    Task,
    /// Takes everyone's commands.
    Log,
}

impl Record {
    /// Both.
    pub const ALL: [Self; RECORDS] = [Self::Task, Self::Log];
}

/// A command as it is named and sent. `seq` and `prev_seq` are those of the protocol's `Envelope`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Envelope {
    /// The phone.
    pub phone: u8,
    /// Its number there.
    pub seq: u8,
    /// The number of the phone's command before.
    pub prev_seq: u8,
    /// What it is addressed to.
    pub record: Record,
    /// 1 where it was made on a phone that was put back to an old copy of itself: other bytes under the same number.
    pub remade: u8,
}

impl Envelope {
    /// The command in four bits, never 0.
    fn name(self) -> u32 {
        u32::from(self.phone) * 8 + u32::from(self.remade) * 4 + u32::from(self.seq)
    }
}

/// A link of the chain. Injective in the commands so far, as SHA-256 is taken to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ChainHash(pub u16);

impl ChainHash {
    /// The link after this one.
    pub fn next(self, envelope: Envelope) -> Self {
        Self(self.0 * 5 + 1 + envelope.record as u16 + 2 * u16::from(envelope.remade))
    }
}

/// The body of a record: the commands in effect, in their order, four bits each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Body(u32);

impl Body {
    /// With one more in effect.
    pub fn with(self, envelope: Envelope) -> Self {
        Self(self.0 << 4 | envelope.name())
    }

    fn names(self) -> impl Iterator<Item = u32> {
        (0..8).map(move |place| self.0 >> (4 * place) & 15).take_while(|name| *name != 0)
    }

    /// How often a command is in effect.
    pub fn count(self, envelope: Envelope) -> usize {
        self.names().filter(|name| *name == envelope.name()).count()
    }

    /// How many are in effect.
    pub fn len(self) -> usize {
        self.names().count()
    }

    /// Whether nothing is.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The rules, the same on phone and server: whether a command may take effect now.
    pub fn allows(self, envelope: Envelope) -> bool {
        envelope.record == Record::Log || self.names().all(|name| (name / 8) as u8 == envelope.phone)
    }
}

/// A record with the version of its last change. On a phone a version below 0 is one of before the epoch changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Stored {
    /// The version; 0 where there is no record yet.
    pub version: i8,
    /// The body.
    pub body: Body,
}

/// What became of one command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Answer {
    /// Its number.
    pub seq: u8,
    /// The version of the shard after it.
    pub version: i8,
    /// The rules said no.
    pub refused: bool,
}

/// Why a push or a pull failed as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Problem {
    /// Commands are missing before these; where the server stands.
    Gap(u8, ChainHash),
    /// The server has others under these numbers.
    Diverged,
    /// The device was revoked.
    Revoked,
    /// The server was set back since.
    EpochChanged,
}

/// Commands of one phone as they travel. The signature is left out: nobody in the model lies.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Push {
    /// The phone.
    pub phone: u8,
    /// The epoch, as the phone knows it.
    pub epoch: u8,
    /// The link before the first command.
    pub prev_hash: ChainHash,
    /// The commands.
    pub commands: Vec<Envelope>,
}

/// A frame of the answer to a pull.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Frame {
    /// The epoch.
    Head(u8),
    /// A page that holds one record, and the cursor after it.
    Page(Record, Stored, i8),
    /// The version the shard had.
    End(i8),
    /// In place of an answer.
    Problem(Problem),
}

/// Where a phone's machine stands between two events.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// At rest.
    Idle,
    /// A push is under way; with its answer once that has come back.
    Pushing(Push, Option<Result<Vec<Answer>, Problem>>),
    /// A pull is under way and nothing of its answer has arrived.
    Opening,
    /// Frames that are still to come, the next one last.
    Receiving(Vec<Frame>),
    /// Revoked, and wiped.
    Revoked,
}

/// A command in the outbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Waiting {
    /// The command.
    pub envelope: Envelope,
    /// The link of the chain after it.
    pub hash: ChainHash,
    /// The version, once it was accepted.
    pub version: Option<i8>,
    /// It was refused by a server that no longer knows of that.
    pub refused_before: bool,
}

/// A command that the server has answered for good, kept for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sent {
    /// The command.
    pub envelope: Envelope,
    /// The link of the chain after it.
    pub hash: ChainHash,
    /// What the answer was.
    pub was_refused: bool,
}

/// What a phone keeps on its disk.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Store {
    /// Every command its person was told is kept, by number. No table of the phone: what the others are held against.
    pub made: Vec<Envelope>,
    /// The outbox, in order.
    pub outbox: Vec<Waiting>,
    /// What was answered for good.
    pub sent: Vec<Sent>,
    /// Refused commands, which are their author's to settle.
    pub refused: Vec<u8>,
    /// How far the server has answered: the number and the link.
    pub chain: (u8, ChainHash),
    /// The epoch of the cursor.
    pub epoch: Option<u8>,
    /// How far the feed has come.
    pub cursor: i8,
    /// The confirmed records.
    pub records: [Stored; RECORDS],
    /// Records of before the epoch changed have to go at the end of the next whole pull.
    pub sweep: bool,
}

/// A phone.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Phone {
    /// Its disk.
    pub store: Store,
    /// Its machine.
    pub phase: Phase,
    /// Pushes make no sense until a person settles what diverged.
    pub diverged: bool,
    /// It was put back to an old copy.
    pub remade: u8,
    /// Go round once more.
    pub again: bool,
}

/// An entry of the command log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Entry {
    /// The command.
    pub envelope: Envelope,
    /// The version of the shard after it.
    pub version: i8,
    /// The rules said no.
    pub refused: bool,
    /// It arrived after its device was revoked. No column of the log: it must never be true.
    pub late: bool,
}

/// What a server keeps on its disk.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Disk {
    /// The epoch.
    pub epoch: u8,
    /// The version of the shard.
    pub version: i8,
    /// The command log.
    pub log: Vec<Entry>,
    /// Each device's last command and its link.
    pub devices: [(u8, ChainHash); PHONES],
    /// The records.
    pub records: [Stored; RECORDS],
    /// Phone 0 was revoked.
    pub revoked: bool,
}

/// A push in the queue of the shard.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Job {
    /// The push.
    pub push: Push,
    /// It arrived after its device was revoked.
    pub late: bool,
}

/// Everything.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct State {
    /// The phones.
    pub phones: [Phone; PHONES],
    /// Every push that was ever sent, in order: each can arrive at any time.
    pub network: Vec<Push>,
    /// The queue of the shard, in memory.
    pub queue: Vec<Job>,
    /// The server's disk.
    pub disk: Disk,
    /// An older backup of it.
    pub backup: Option<Box<Disk>>,
    /// An older copy of phone 0's disk.
    pub copy: Option<Box<Store>>,
    /// Crashes so far.
    pub crashes: u8,
    /// Times that a backup was restored.
    pub restores: u8,
}
