//! A small city: two counties, three branches, a grid, and seven people who between them may do everything.

use haitang_domain::activity::{ActivityKind, Field, Template};
use haitang_domain::directory::{Appointment, Basis, Member, Org, OrgKind, Role, Switch};
use haitang_domain::task::{Grid, Household, Task, TaskKind, TaskState};
use haitang_domain::time::DAY_MS;
use haitang_domain::{Id, Timestamp, Write};

/// The city, a shard of its own.
pub const CITY: u8 = 1;
/// A county, which is a shard.
pub const COUNTY: u8 = 2;
/// Another county.
pub const OTHER_COUNTY: u8 = 3;
/// A community in the first county.
pub const COMMUNITY: u8 = 4;
/// A branch of it.
pub const BRANCH: u8 = 5;
/// Another.
pub const OTHER_BRANCH: u8 = 6;
/// A branch in the other county.
pub const FAR_BRANCH: u8 = 7;
/// The grid.
pub const GRID: u8 = 30;
/// Those who have phones: who they are, where they belong.
pub const PEOPLE: [(u8, u8); 7] = [
    (10, BRANCH),       // secretary of the branch
    (11, BRANCH),       // member
    (12, BRANCH),       // grid worker
    (13, OTHER_BRANCH), // grid worker, and secretary of the other branch
    (14, COMMUNITY),    // secretary, publisher and keeper of the community
    (15, CITY),         // admin and publisher of the city
    (16, FAR_BRANCH),   // secretary and publisher in the other county
];

/// The id of a thing in the city.
pub fn id(n: u8) -> Id {
    let mut bytes = [0; 16];
    (bytes[0], bytes[15]) = (1, n);
    Id::from_bytes(bytes)
}

/// Everything in the city at `now`.
pub fn records(now: Timestamp) -> Vec<Write> {
    let basis = Basis { document: "市委 2026-1 号".into(), by: id(15), since: now.plus_millis(-DAY_MS) };
    let org = |n: u8, parent: Option<u8>, kind| {
        let switches = [(Switch::CheckIn, basis.clone()), (Switch::ContestRanking, basis.clone())].into();
        Write::new(id(n), Org { parent: parent.map(id), kind, name: format!("组织{n}"), switches, ..Org::default() })
    };
    let mut records = vec![
        org(CITY, None, OrgKind::City),
        org(COUNTY, Some(CITY), OrgKind::County),
        org(OTHER_COUNTY, Some(CITY), OrgKind::County),
        org(COMMUNITY, Some(COUNTY), OrgKind::Community),
        org(BRANCH, Some(COMMUNITY), OrgKind::Branch),
        org(OTHER_BRANCH, Some(COMMUNITY), OrgKind::Branch),
        org(FAR_BRANCH, Some(OTHER_COUNTY), OrgKind::Branch),
    ];
    records.extend(PEOPLE.map(|(member, org)| {
        Write::new(id(member), Member { org: id(org), name: format!("成员{member}"), ..Member::default() })
    }));
    let holds = |n: u8, member: u8, org: u8, role| Write::new(id(n), Appointment::new(id(member), id(org), role));
    let works = |n: u8, member: u8| {
        Write::new(id(n), Appointment { grid: Some(id(GRID)), ..Appointment::new(id(member), id(COMMUNITY), Role::GridWorker) })
    };
    records.extend([
        holds(50, 10, BRANCH, Role::Secretary),
        works(51, 12),
        works(52, 13),
        holds(53, 13, OTHER_BRANCH, Role::Secretary),
        holds(54, 14, COMMUNITY, Role::Secretary),
        holds(55, 14, COMMUNITY, Role::Publisher),
        holds(56, 15, CITY, Role::Admin),
        holds(57, 15, CITY, Role::Publisher),
        holds(58, 16, FAR_BRANCH, Role::Secretary),
        holds(59, 16, FAR_BRANCH, Role::Publisher),
        holds(60, 14, COUNTY, Role::Admin),
        Write::new(id(GRID), Grid { org: id(COMMUNITY), name: "第一网格".into(), closed: None }),
        Write::new(id(40), template()),
    ]);
    records.extend((41..44).map(|n| Write::new(id(n), household(n))));
    records.extend((70..76).map(|n| Write::new(id(n), task(n, now))));
    records
}

fn template() -> Template {
    let field = Field { name: "summary".into(), label: "主要内容".into(), required: true, suggested: "学习讨论".into() };
    Template {
        org: id(COMMUNITY), name: "主题党日".into(), kind: ActivityKind::ThemedDay, fields: vec![field], retired: false
    }
}

fn household(n: u8) -> Household {
    let json = serde_json::json!({ "org": id(COMMUNITY), "grid": id(GRID), "address": format!("海棠路{n}号"), "people": 2 });
    serde_json::from_value(json).expect("a household")
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
        author: id(14),
        from_org: true,
        state: TaskState::Open,
        offered_to: None,
        report: None,
        note: None,
        reason: None,
    }
}
