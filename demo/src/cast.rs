//! Who and what the story is about.

use std::collections::BTreeMap;

use haitang_domain::{Id, states::snake};
use serde::Serialize;

use crate::branch::{LEADER, SECRETARY, WORKERS};
use crate::city::{City, CityError};
use crate::pen::Person;

/// The names of the story's people, in the order in which they stand in their branch. Nobody real is meant.
pub(crate) const STORY_NAMES: [&str; 6] = ["沈静怡", "陆文君", "单国强", "解晓燕", "曾志远", "仇明月"];
const MEMBER: usize = 4;
const LATE_MEMBER: usize = 5;

/// A thing with its name.
#[derive(Clone, Debug, Serialize)]
pub struct Named {
    /// Which.
    pub id: Id,
    /// What it is called.
    pub name: String,
}

impl Named {
    fn new(id: Id, name: &str) -> Self {
        Self { id, name: name.to_owned() }
    }
}

/// The people, places and things of the story.
#[derive(Clone, Debug, Serialize)]
pub struct Cast {
    /// 苏州市.
    pub city: Named,
    /// 姑苏区.
    pub county: Named,
    /// 双塔街道.
    pub street: Named,
    /// The community.
    pub community: Named,
    /// The branch.
    pub branch: Named,
    /// The grid.
    pub grid: Named,
    /// Who approves and hosts.
    pub secretary: Named,
    /// Who writes the logs.
    pub leader: Named,
    /// A grid worker.
    pub worker_a: Named,
    /// Another worker of the same grid.
    pub worker_b: Named,
    /// Who checks in, studies and takes the quiz.
    pub member: Named,
    /// Whose phone has a wrong clock.
    pub late_member: Named,
    /// Templates by the sort of activity.
    pub templates: BTreeMap<String, Named>,
    /// Studies by name.
    pub studies: BTreeMap<String, Named>,
    /// The practice paper.
    pub paper: Named,
    /// The notice.
    pub notice: Named,
    /// What the branch did before.
    pub activities: Vec<Named>,
    /// The visits of today: the task and where it leads.
    pub visits: Vec<Named>,
}

impl Cast {
    /// The cast of `city`: the same people whatever its size.
    pub fn of(city: &City) -> Result<Self, CityError> {
        let (place, here) = city.story();
        let (_, made) = city.community(place)?;
        let (Some(branch), Some(grid)) = (made.branches.first(), made.grids.first()) else { return Err(CityError::NoStory) };
        let above = |place: Option<usize>| place.map(|place| &city.places[place]).ok_or(CityError::NoStory);
        let street = above(here.division.parent)?;
        let county = above(street.division.parent)?;
        let root = above(county.division.parent)?;
        let person = |index: usize| {
            let Person { id, member, .. } = &branch.people[index];
            Named::new(*id, &member.name)
        };
        let many = |list: &[(Id, String)]| list.iter().map(|(id, name)| Named::new(*id, name)).collect();
        let templates = city.published.templates.iter();
        let studies = city.content.studies.iter().zip(&city.published.studies);
        Ok(Self {
            city: Named::new(root.id, &root.division.name),
            county: Named::new(county.id, &county.division.name),
            street: Named::new(street.id, &street.division.name),
            community: Named::new(here.id, &here.division.name),
            branch: Named::new(branch.id, &branch.name),
            grid: Named::new(grid.id, &grid.name),
            secretary: person(SECRETARY),
            leader: person(LEADER),
            worker_a: person(WORKERS.start),
            worker_b: person(WORKERS.start + 1),
            member: person(MEMBER),
            late_member: person(LATE_MEMBER),
            templates: templates.map(|(id, template)| (snake(&template.kind), Named::new(*id, &template.name))).collect(),
            studies: studies.map(|(text, id)| (text.name.clone(), Named::new(*id, &text.title))).collect(),
            paper: Named::new(city.published.paper, &city.content.paper.title),
            notice: Named::new(city.published.notice, &city.content.notice.title),
            activities: many(&branch.activities),
            visits: many(&grid.visits),
        })
    }
}
