//! A phone with a small town on it, for this crate's tests.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use haitang_domain::activity::{Activity, ActivityKind, ActivityState, Log, LogContent, LogState};
use haitang_domain::directory::{Appointment, Basis, Member, Org, OrgKind, Role, Switch};
use haitang_domain::record::Typed;
use haitang_domain::task::{Grid, Household, Report, Shift, ShiftState, Task, TaskKind, TaskState};
use haitang_domain::time::{DAY_MS, HOUR_MS};
use haitang_domain::{Body, Feed, Id, Timestamp, Zone};
use haitang_protocol::pull::{Change, End, FeedHead, Head, PageBuilder};
use haitang_protocol::push::ServerTime;
use haitang_store::Identity;
use tempfile::TempDir;

use crate::clock::Clock;
use crate::error::AppError;
use crate::phone::Phone;

/// Noon of a working day in China.
pub const NOW: i64 = 1_795_147_200_000;
/// The branch and the community above it.
pub const BRANCH: u8 = 4;
pub const COMMUNITY: u8 = 3;
/// The grid in that community.
pub const GRID: u8 = 50;
/// Secretary of the branch.
pub const ANNA: u8 = 10;
/// Works the grid, a member of the branch.
pub const CAI: u8 = 12;
/// Works the grid too.
pub const DU: u8 = 13;
/// Holds nothing.
pub const EWA: u8 = 14;

/// A small id.
pub fn id(n: u8) -> Id {
    numbered(0, n.into())
}

/// One of many ids.
pub fn numbered(group: u8, n: u16) -> Id {
    let mut bytes = [0; 16];
    bytes[0] = 1;
    bytes[1] = group;
    bytes[14..].copy_from_slice(&n.to_be_bytes());
    Id::from_bytes(bytes)
}

/// A moment so many hours after [`NOW`].
pub fn hours(n: i64) -> Timestamp {
    Timestamp::from_millis(NOW + n * HOUR_MS)
}

/// The code of a refusal.
pub fn code<T: std::fmt::Debug>(result: Result<T, AppError>) -> String {
    result.expect_err("is refused").code()
}

struct Hands(Arc<AtomicI64>);

impl Clock for Hands {
    fn wall(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::Relaxed))
    }

    fn mono_ms(&self) -> u64 {
        1
    }

    fn boot(&self) -> Id {
        id(201)
    }
}

/// A phone and the server's side of it.
pub struct Town {
    pub phone: Phone,
    now: Arc<AtomicI64>,
    version: u64,
    _folder: TempDir,
}

impl Town {
    /// The phone of somebody, on which there is nothing yet.
    pub fn empty(holder: u8) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let now = Arc::new(AtomicI64::new(NOW));
        let phone = Phone::open(folder.path(), [7; 32], Box::new(Hands(Arc::clone(&now)))).expect("opens");
        let identity = Identity {
            device: id(200),
            member: id(holder),
            name: "还没同步".into(),
            server: "https://localhost".into(),
            server_key: [3; 32],
            certificate: [4; 64],
            signing_key: [5; 32],
        };
        phone.store().set_identity(&identity).expect("enrols");
        Self { phone, now, version: 0, _folder: folder }
    }

    /// The phone of somebody, with the town on it.
    pub fn of(holder: u8) -> Self {
        let mut town = Self::empty(holder);
        let kinds = [OrgKind::County, OrgKind::Street, OrgKind::Community, OrgKind::Branch];
        for (n, kind) in (1u8..).zip(kinds) {
            let parent = (n > 1).then(|| id(n - 1));
            let basis = Basis { document: "决议".into(), by: id(ANNA), since: Timestamp::from_millis(0) };
            let switches = [(Switch::CheckIn, basis)].into();
            town.put(id(n), Org { parent, kind, name: format!("org {n}"), switches, ..Org::default() });
        }
        for (n, name) in [(ANNA, "安娜"), (CAI, "蔡敏"), (DU, "杜江"), (EWA, "艾娃")] {
            town.put(id(n), Member { org: id(BRANCH), name: name.into(), ..Member::default() });
        }
        town.put(id(GRID), Grid { org: id(COMMUNITY), name: "第一网格".into(), closed: None });
        town.put(id(30), Appointment::new(id(ANNA), id(BRANCH), Role::Secretary));
        for (n, worker) in [(31, CAI), (32, DU)] {
            let held = Appointment::new(id(worker), id(COMMUNITY), Role::GridWorker);
            town.put(id(n), Appointment { grid: Some(id(GRID)), ..held });
        }
        town
    }

    /// Moves the phone's clock.
    pub fn set(&self, now: Timestamp) {
        self.now.store(now.millis(), Ordering::Relaxed);
    }

    /// Brings a record, as a pull does.
    pub fn put(&mut self, id: Id, body: impl Typed) {
        self.put_all(vec![(id, body.into_body())]);
    }

    /// Brings records in one pull.
    pub fn put_all(&mut self, records: Vec<(Id, Body)>) {
        let head = FeedHead { shard: self::id(1), feed: Feed::org(self::id(BRANCH)), waiting: 0 };
        let time = ServerTime { issued: Timestamp::from_millis(NOW), mac: [0; 32] };
        let store = self.phone.store();
        store.begin(&Head { epoch: self::id(90), feeds: vec![head], time }).expect("begins");
        let mut builder = PageBuilder::default();
        for (id, body) in records {
            self.version += 1;
            let json = body.to_json();
            builder.push(Change { kind: body.kind() as u8, id, version: self.version, body: Some(&json) });
        }
        store.apply_page(&head, &builder.page(0, self.version)).expect("applies");
        store.finish(&End { heads: vec![(self::id(1), self.version).into()], more: false }).expect("finishes");
        self.phone.changed();
    }
}

/// A task of the grid.
pub fn task(due: i64, assignee: Option<u8>) -> Task {
    Task {
        org: id(COMMUNITY),
        grid: id(GRID),
        kind: TaskKind::Visit,
        title: "走访".into(),
        place: String::new(),
        household: None,
        assignee: assignee.map(id),
        from: hours(due - 2),
        due: hours(due),
        routine: None,
        author: id(CAI),
        from_org: false,
        state: TaskState::Open,
        offered_to: None,
        report: None,
        note: None,
        reason: None,
    }
}

/// A household of the grid.
pub fn household(address: &str, door: &str) -> Household {
    Household {
        org: id(COMMUNITY),
        grid: id(GRID),
        address: address.into(),
        building: String::new(),
        unit: String::new(),
        door: door.into(),
        contact: None,
        people: 2,
        alone: false,
        care: None,
        consent: None,
        last_contact: None,
    }
}

/// A report of a task, so many hours from now.
pub fn report(task: Id, author: u8, made: i64) -> Report {
    Report {
        org: id(COMMUNITY),
        grid: id(GRID),
        task,
        author: id(author),
        helper: false,
        findings: vec![],
        nobody_home: false,
        note: None,
        files: vec![],
        location: None,
        made: haitang_domain::evidence::Interval::at(hours(made)),
    }
}

/// A shift of the grid, of four hours.
pub fn shift(starts: i64, worker: u8) -> Shift {
    Shift {
        org: id(COMMUNITY),
        grid: id(GRID),
        place: "东门".into(),
        worker: id(worker),
        starts: hours(starts),
        ends: hours(starts + 4),
        state: ShiftState::Planned,
        author: id(CAI),
        from_org: false,
        handover_to: None,
        handover_note: None,
        reliefs: vec![],
        on_at: None,
        off_at: None,
        duties: None,
        note: None,
    }
}

/// An activity of the branch, of two hours, held by its secretary.
pub fn activity(starts: i64) -> Activity {
    Activity {
        org: id(BRANCH),
        template: None,
        kind: ActivityKind::Lecture,
        title: "讲座".into(),
        place: "活动室".into(),
        starts: hours(starts),
        ends: hours(starts + 2),
        zone: Zone::CHINA,
        host: id(ANNA),
        author: id(ANNA),
        expected: [].into(),
        check_in_open: false,
        state: ActivityState::Planned,
        reason: String::new(),
    }
}

/// What a log of the branch says.
pub fn content(title: &str) -> LogContent {
    LogContent {
        activity: None,
        template: None,
        kind: ActivityKind::Lecture,
        title: title.into(),
        held: hours(-3),
        attendance: [].into(),
        fields: [].into(),
        files: vec![],
        late_reason: String::new(),
    }
}

/// A log of the branch, held so many hours from now.
pub fn log(author: u8, state: LogState, held: i64) -> Log {
    Log {
        org: id(BRANCH),
        author: id(author),
        content: LogContent { held: hours(held), ..content("记录") },
        state,
        submitted: None,
        waits_for: (state == LogState::Submitted).then(|| id(BRANCH)),
        decided_by: None,
        decided: None,
        reason: String::new(),
        returns: 0,
    }
}

/// A day in hours.
pub const DAY: i64 = DAY_MS / HOUR_MS;
