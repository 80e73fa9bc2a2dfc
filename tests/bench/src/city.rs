//! The people and records the figures are measured on: one grid worker with a great many tasks, ten thousand colleagues, and a member
//! with many activities to check in at. Made from a seed; the bodies are real ones.

use haitang_domain::activity::{Activity, ActivityKind, ActivityState};
use haitang_domain::directory::{Appointment, Basis, Member, Org, OrgKind, Role, Switch};
use haitang_domain::record::Typed;
use haitang_domain::task::{Grid, Task, TaskKind, TaskState};
use haitang_domain::time::{DAY_MS, HOUR_MS};
use haitang_domain::{Id, IdMaker, Timestamp, Write, Zone};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

/// Makes ids, names and records from a seed.
pub struct Maker {
    random: ChaCha8Rng,
    /// The phones and desks the records were made on.
    devices: Vec<IdMaker>,
    /// When the last record was made, in milliseconds.
    at: i64,
    /// When the day began, in milliseconds.
    today: i64,
}

/// Who is who.
#[derive(Debug, Clone, Copy)]
pub struct Cast {
    /// The branch everyone belongs to.
    pub branch: Id,
    /// The grid.
    pub grid: Id,
    /// The grid worker, who is also the member and the host.
    pub worker: Id,
}

/// How many devices the records of one grid come from.
const DEVICES: usize = 12;

const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武戚莫孔向汤";
const GIVEN: &str =
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国志文海燕春晓雪琴云飞鹏宇浩然子轩梓涵欣怡佳琪思远嘉豪雨桐一诺";

impl Maker {
    /// From a seed, on the day that `now` is in.
    pub fn new(seed: u64, now: Timestamp) -> Self {
        let today = Zone::CHINA.start_of(Zone::CHINA.date(now)).millis();
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let devices = (0..DEVICES).map(|_| IdMaker::new(random.next_u64().to_be_bytes())).collect();
        Self { random, devices, at: today - 30 * DAY_MS, today }
    }

    /// The next id, a little later than the one before, made on one of the devices.
    pub fn id(&mut self) -> Id {
        self.at += 1 + i64::from(self.random.next_u32() % 20);
        let device = self.random.next_u32() as usize % DEVICES;
        self.devices[device].next(Timestamp::from_millis(self.at))
    }

    fn pick(&mut self, from: &str) -> char {
        let count = from.chars().count();
        from.chars().nth(self.random.next_u32() as usize % count).unwrap_or('一')
    }

    /// A name of two or three characters.
    pub fn name(&mut self) -> String {
        let mut name = String::from(self.pick(SURNAMES));
        for _ in 0..=self.random.next_u32() % 2 {
            name.push(self.pick(GIVEN));
        }
        name
    }

    fn record(id: Id, body: impl Typed) -> Write {
        Write::new(id, body)
    }

    /// The orgs, the grid and the worker.
    pub fn cast(&mut self, out: &mut Vec<Write>) -> Cast {
        let (county, branch, grid, worker) = (self.id(), self.id(), self.id(), self.id());
        let basis = Basis { document: "决议".into(), by: worker, since: Timestamp::from_millis(0) };
        let switches = [(Switch::CheckIn, basis)].into();
        out.push(Self::record(county, Org { kind: OrgKind::County, name: "姑苏区".into(), switches, ..Org::default() }));
        let kind = OrgKind::Branch;
        out.push(Self::record(branch, Org { parent: Some(county), kind, name: "海棠支部".into(), ..Org::default() }));
        out.push(Self::record(worker, Member { org: branch, name: "陈晓".into(), ..Member::default() }));
        out.push(Self::record(grid, Grid { org: branch, name: "第一网格".into(), closed: None }));
        for (role, grid) in [(Role::GridWorker, Some(grid)), (Role::Leader, None)] {
            let held = Appointment { grid, ..Appointment::new(worker, branch, role) };
            out.push(Self::record(self.id(), held));
        }
        Cast { branch, grid, worker }
    }

    /// A task of the grid; the first fifty are due today, the rest in the coming year.
    pub fn task(&mut self, cast: &Cast, number: usize) -> Write {
        let day = if number < 50 { 0 } else { 1 + i64::from(self.random.next_u32() % 365) };
        let from = Timestamp::from_millis(self.today + day * DAY_MS + i64::from(self.random.next_u32() % 9) * HOUR_MS);
        let kind = [TaskKind::Visit, TaskKind::Patrol, TaskKind::Errand][self.random.next_u32() as usize % 3];
        let door = format!("{}幢{}室", 1 + self.random.next_u32() % 40, 101 + self.random.next_u32() % 500);
        // A visit is to someone.
        let household = (kind == TaskKind::Visit).then(|| self.id());
        let task = Task {
            org: cast.branch,
            grid: cast.grid,
            kind,
            title: format!("{door}走访"),
            place: format!("平江路{}号{door}", 1 + self.random.next_u32() % 300),
            household,
            assignee: None,
            from,
            due: from.plus_millis(8 * HOUR_MS),
            routine: None,
            author: cast.worker,
            from_org: false,
            state: TaskState::Open,
            offered_to: None,
            report: None,
            note: None,
            reason: None,
        };
        Self::record(self.id(), task)
    }

    /// A colleague.
    pub fn member(&mut self, cast: &Cast) -> Write {
        let name = self.name();
        Self::record(self.id(), Member { org: cast.branch, name, ..Member::default() })
    }

    /// An activity held now, with check-in open.
    pub fn activity(&mut self, cast: &Cast, now: Timestamp) -> Write {
        let activity = Activity {
            org: cast.branch,
            template: None,
            kind: ActivityKind::ThemedDay,
            title: "主题党日".into(),
            place: "活动室".into(),
            starts: now,
            ends: now.plus_millis(2 * HOUR_MS),
            zone: Zone::CHINA,
            host: cast.worker,
            author: cast.worker,
            expected: [].into(),
            check_in_open: true,
            state: ActivityState::Planned,
            reason: String::new(),
        };
        Self::record(self.id(), activity)
    }
}
