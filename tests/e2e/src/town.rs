//! A small town: one county, one community with a grid, two branches, and the people who try things.

pub mod work;

use haitang_app::domain::activity::{ActivityKind, LogContent};
use haitang_app::domain::directory::{Appointment, Basis, Member, Org, OrgKind, Role, Switch};
use haitang_app::domain::task::{Grid, Task, TaskKind, TaskState};
use haitang_app::domain::time::DAY_MS;
use haitang_app::domain::{Id, Timestamp, Write};

/// The city, above the shard.
pub const CITY: u8 = 1;
/// The county, which is the shard.
pub const COUNTY: u8 = 2;
/// The community in which the grid lies.
pub const COMMUNITY: u8 = 3;
/// The branch of most people here.
pub const BRANCH: u8 = 4;
/// Another branch of the same community.
pub const OTHER_BRANCH: u8 = 5;
/// Secretary of the branch.
pub const ANNA: u8 = 10;
/// Member of the branch.
pub const BO: u8 = 11;
/// Grid worker.
pub const CAI: u8 = 12;
/// Grid worker of the same grid.
pub const DENG: u8 = 13;
/// Secretary of the other branch.
pub const EVA: u8 = 14;
/// Secretary of the community.
pub const FAN: u8 = 15;
/// The appointment of Cai to the grid.
pub const CAI_IN_GRID: u8 = 22;
/// The grid.
pub const GRID: u8 = 30;
/// The first task in the grid; there are [`TASKS`], numbered on from here.
pub const TASK: u8 = 40;
/// How many tasks there are.
pub const TASKS: u8 = 9;

/// The id of a thing in the town.
pub fn id(n: u8) -> Id {
    let mut bytes = [0; 16];
    (bytes[0], bytes[15]) = (1, n);
    Id::from_bytes(bytes)
}

/// Everything in the town at `now`.
///
/// Anna's term began yesterday and ends tomorrow: whoever believes a wall clock that is wrong by a year will not let her decide.
pub fn records(now: Timestamp) -> Vec<Write> {
    let org = |n: u8, parent: Option<u8>, kind| {
        Write::new(id(n), Org { parent: parent.map(id), kind, name: format!("组织{n}"), ..Org::default() })
    };
    let basis = Basis { document: "社区〔2026〕3号".into(), by: id(FAN), since: now.plus_millis(-DAY_MS) };
    let community = Org {
        parent: Some(id(COUNTY)),
        kind: OrgKind::Community,
        name: "海棠社区".into(),
        switches: [(Switch::CheckIn, basis)].into(),
        ..Org::default()
    };
    let member = |n: u8, org: u8| Write::new(id(n), Member { org: id(org), name: name(n).into(), ..Member::default() });
    let holds = |n: u8, member: u8, org: u8, role| Write::new(id(n), Appointment::new(id(member), id(org), role));
    let term = |appointment: Appointment| Appointment {
        from: now.plus_millis(-DAY_MS),
        until: Some(now.plus_millis(DAY_MS)),
        ..appointment
    };
    let works = |member| Appointment { grid: Some(id(GRID)), ..Appointment::new(id(member), id(COMMUNITY), Role::GridWorker) };
    let mut records = vec![
        org(CITY, None, OrgKind::City),
        org(COUNTY, Some(CITY), OrgKind::County),
        Write::new(id(COMMUNITY), community),
        org(BRANCH, Some(COMMUNITY), OrgKind::Branch),
        org(OTHER_BRANCH, Some(COMMUNITY), OrgKind::Branch),
        member(ANNA, BRANCH),
        member(BO, BRANCH),
        member(CAI, BRANCH),
        member(DENG, OTHER_BRANCH),
        member(EVA, OTHER_BRANCH),
        member(FAN, COMMUNITY),
        Write::new(id(20), term(Appointment::new(id(ANNA), id(BRANCH), Role::Secretary))),
        holds(21, EVA, OTHER_BRANCH, Role::Secretary),
        Write::new(id(CAI_IN_GRID), works(CAI)),
        Write::new(id(23), works(DENG)),
        holds(24, FAN, COMMUNITY, Role::Secretary),
        Write::new(id(GRID), Grid { org: id(COMMUNITY), name: "第一网格".into(), closed: None }),
    ];
    records.extend((TASK..TASK + TASKS).map(|n| Write::new(id(n), task(n, now))));
    records
}

/// What a member is called.
pub fn name(member: u8) -> &'static str {
    match member {
        ANNA => "安娜",
        BO => "薄海",
        CAI => "蔡敏",
        DENG => "邓超",
        EVA => "伊华",
        _ => "范立",
    }
}

fn task(n: u8, now: Timestamp) -> Task {
    Task {
        org: id(COMMUNITY),
        grid: id(GRID),
        kind: TaskKind::Errand,
        title: format!("查看{n}号楼道"),
        place: String::new(),
        household: None,
        assignee: None,
        from: now.plus_millis(-DAY_MS),
        due: now.plus_millis(DAY_MS),
        routine: None,
        author: id(FAN),
        from_org: true,
        state: TaskState::Open,
        offered_to: None,
        report: None,
        note: None,
        reason: None,
    }
}

/// A log of something held at `held`.
pub fn log(title: &str, held: Timestamp) -> LogContent {
    LogContent {
        activity: None,
        template: None,
        kind: ActivityKind::Lecture,
        title: title.into(),
        held,
        attendance: [id(ANNA), id(BO)].into(),
        fields: [("summary".to_owned(), format!("{title}的要点"))].into(),
        files: vec![],
        late_reason: String::new(),
    }
}
