//! The grids of a community, their households and the work that repeats in them.

use chrono::NaiveTime;
use haitang_domain::directory::Role;
use haitang_domain::task::{self, Consent, Every, Grid, Household, NewHousehold, NewRoutine, Routine, TaskKind};
use haitang_domain::{Action, Id, Kind};

use crate::branch::{Branch, WORKERS};
use crate::city::{City, CityError, appoint};
use crate::draw::Draw;
use crate::pen::{Pen, Person};
use crate::people;

/// Households of a grid, where they are known.
const HOUSEHOLDS: usize = 30;
/// How many of them are visited regularly.
const VISITED: usize = 8;

/// A grid that was made.
pub(crate) struct GridMade {
    pub id: Id,
    pub name: String,
    /// The first visits: the task, and the household's address.
    pub visits: Vec<(Id, String)>,
}

/// Makes one or two grids; their workers belong to the community's first branch. The story's has one, and both workers in it.
pub(crate) fn make(
    city: &City,
    pen: &mut Pen,
    draw: &mut Draw,
    place: usize,
    branch: &mut Branch,
) -> Result<Vec<GridMade>, CityError> {
    let is_story = city.story().0 == place;
    let count = if is_story || draw.below(3) > 0 { 1 } else { 2 };
    let mut grids = Vec::with_capacity(count);
    for n in 0..count {
        let community = &city.places[place];
        let name = format!("{}{}网格", community.division.short_name(), ["第一", "第二"][n]);
        let id = draw.id();
        pen.put(id, Grid { org: community.id, name: name.clone(), closed: None });
        let workers = if is_story { WORKERS } else { WORKERS.start + n..WORKERS.start + n + 1 };
        for person in &mut branch.people[workers.clone()] {
            appoint(pen, draw, person, community.id, Role::GridWorker, Some(id));
        }
        let worker = &branch.people[workers.start];
        let mut work = Work { city, pen, draw, worker, grid: id };
        work.repeat("网格日常巡查", "网格全域", TaskKind::Patrol, None, Every::Days(1), 3)?;
        work.repeat(
            "消防通道检查",
            "各楼栋消防通道",
            TaskKind::Checkpoint,
            None,
            Every::Weeks { n: 1, weekdays: vec![1, 4] },
            2,
        )?;
        let known = is_story || work.draw.below(4) == 0;
        let visits = if known { work.households()? } else { Vec::new() };
        grids.push(GridMade { id, name, visits });
    }
    Ok(grids)
}

/// A worker who fills a grid.
struct Work<'a> {
    city: &'a City,
    pen: &'a mut Pen,
    draw: &'a mut Draw,
    worker: &'a Person,
    grid: Id,
}

impl Work<'_> {
    fn households(&mut self) -> Result<Vec<(Id, String)>, CityError> {
        let mut visits = Vec::with_capacity(VISITED);
        let address = people::address(self.draw);
        for n in 0..HOUSEHOLDS {
            let id = self.draw.id();
            let alone = n < VISITED && n % 4 == 3;
            let contact = people::contact(self.draw);
            let consent = Consent {
                by: contact.clone(),
                purpose: "独居关爱走访".to_owned(),
                given: haitang_domain::Zone::CHINA.date(self.city.days_ago(60, 9, 0)),
                until: None,
            };
            let new = NewHousehold {
                grid: self.grid,
                address: address.clone(),
                building: format!("{}幢", 1 + n / 10),
                unit: format!("{}单元", 1 + n / 5 % 2),
                door: format!("{}0{}室", 1 + n % 5, 1 + self.draw.below(4)),
                contact,
                people: if alone { 1 } else { 1 + self.draw.below(5) as u8 },
                alone,
                care: String::new(),
                consent: alone.then_some(consent),
            };
            let at = self.city.days_ago(60, 10, 0);
            self.pen.act(self.worker, at, Kind::Household, id, Action::Task(task::Action::AddHousehold(new.clone())))?;
            if n < VISITED {
                let title = if alone { "独居居民走访" } else { "入户走访" };
                let task = self.repeat(title, "", TaskKind::Visit, Some(id), Every::Days(14), 1)?;
                visits.push((task, line(&new)));
            }
        }
        Ok(visits)
    }

    /// Plans a routine from today on; gives its first task.
    fn repeat(
        &mut self,
        title: &str,
        place: &str,
        kind: TaskKind,
        household: Option<Id>,
        every: Every,
        ahead: u8,
    ) -> Result<Id, CityError> {
        let id = self.draw.id();
        let new = NewRoutine {
            grid: self.grid,
            kind,
            title: title.to_owned(),
            place: place.to_owned(),
            household,
            assignee: None,
            note: String::new(),
            every,
            working_days_only: false,
            first: self.city.options.today,
            until: None,
            opens: NaiveTime::from_hms_opt(8, 0, 0).unwrap_or_default(),
            closes: NaiveTime::from_hms_opt(20, 0, 0).unwrap_or_default(),
            ahead,
        };
        let at = self.city.days_ago(1, 9, 0);
        self.pen.act(self.worker, at, Kind::Routine, id, Action::Task(task::Action::PlanRoutine(new)))?;
        Ok(Routine::task_id(id, 0))
    }
}

fn line(new: &NewHousehold) -> String {
    let household = Household {
        org: Id::NIL,
        grid: new.grid,
        address: new.address.clone(),
        building: new.building.clone(),
        unit: new.unit.clone(),
        door: new.door.clone(),
        contact: None,
        people: new.people,
        alone: false,
        care: None,
        consent: None,
        last_contact: None,
    };
    household.line()
}
