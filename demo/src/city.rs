//! The city as a whole: how many branches lie where, and its records part by part.

use std::ops::Range;

use chrono::{Days, NaiveDate};
use haitang_domain::activity::{self, ActivityKind};
use haitang_domain::directory::{self, Appointment, Member, Org, OrgKind, Role, Switch};
use haitang_domain::{Action, Id, Kind, Timestamp, Write, Zone, notice, quiz, study};

use crate::branch::{self, Branch};
use crate::content::{self, Content};
use crate::divisions::{self, Division};
use crate::draw::Draw;
use crate::grid::{self, GridMade};
use crate::pen::{Pen, Person, Refused};
use crate::people;

/// When the first record was made: 2026-01-05, 09:00 in China. Later ones follow by their place in the city.
pub(crate) const FOUNDED: Timestamp = Timestamp::from_millis(1_767_574_800_000);
/// How far apart in time the ids of two communities lie; more than any has records.
const COMMUNITY_MS: i64 = 60_000;
/// How many members a branch has, about.
const BRANCH_MEMBERS: usize = 40;
/// By how many members the border between two branches is moved at most.
const BORDER: usize = 8;
/// People who belong to the city itself.
const CITY_STAFF: usize = 3;
/// The community of the story: 定慧寺巷社区, 双塔街道, 姑苏区.
const STORY_COMMUNITY: &str = "320508021023";
/// The fewest members a city can have.
pub const MEMBERS_MIN: usize = 40;
/// The most members a city can have.
pub const MEMBERS_MAX: usize = 10_000_000;

/// What decides the whole city: the same options, the same bytes.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Where chance comes from.
    pub seed: u64,
    /// How many members, [`MEMBERS_MIN`] to [`MEMBERS_MAX`].
    pub members: usize,
    /// The day on which the city is as it is: activities lie before it, tasks begin on it.
    pub today: NaiveDate,
}

/// Why there is no city.
#[derive(Debug, thiserror::Error)]
pub enum CityError {
    /// Fewer or more members than a city can have.
    #[error("members: {MEMBERS_MIN} to {MEMBERS_MAX}, not {0}")]
    Members(usize),
    /// The table of divisions does not read.
    #[error(transparent)]
    Divisions(#[from] divisions::TableError),
    /// The table of divisions lacks the place of the story.
    #[error("divisions: no community {STORY_COMMUNITY}")]
    NoStory,
    /// The content does not read.
    #[error("content: {0}")]
    Content(#[from] toml::de::Error),
    /// The rules refused something the generator does.
    #[error(transparent)]
    Refused(#[from] Refused),
}

/// A division in the city.
#[derive(Debug)]
pub(crate) struct Place {
    pub division: Division,
    pub id: Id,
    /// The branches of a community, by their numbers in the whole city.
    pub branches: Range<usize>,
    /// The street and county whose staff belongs to this community's first branch.
    pub staffs: Vec<usize>,
}

/// What the city publishes, by id.
#[derive(Debug)]
pub(crate) struct Published {
    pub templates: Vec<(Id, activity::Template)>,
    pub notice: Id,
    pub studies: Vec<Id>,
    pub paper: Id,
}

/// A demo city, ready to be told part by part.
#[derive(Debug)]
pub struct City {
    pub(crate) options: Options,
    pub(crate) content: Content,
    pub(crate) places: Vec<Place>,
    pub(crate) published: Published,
    story: usize,
    branches: usize,
}

/// What was made in a community.
pub(crate) struct Community {
    pub branches: Vec<Branch>,
    pub grids: Vec<GridMade>,
}

impl City {
    /// Lays the city out. Takes a few milliseconds whatever its size.
    pub fn new(options: Options) -> Result<Self, CityError> {
        if !(MEMBERS_MIN..=MEMBERS_MAX).contains(&options.members) {
            return Err(CityError::Members(options.members));
        }
        let content = content::content()?;
        let mut draw = Draw::new(options.seed, "city", 0, FOUNDED);
        let place = |division| Place { division, id: draw.id(), branches: 0..0, staffs: Vec::new() };
        let mut places: Vec<Place> = divisions::divisions()?.into_iter().map(place).collect();
        let story = places.iter().position(|place| place.division.code == STORY_COMMUNITY).ok_or(CityError::NoStory)?;
        let branches = ((options.members - CITY_STAFF + BRANCH_MEMBERS / 2) / BRANCH_MEMBERS).max(1);
        spread(&mut places, branches, story);
        find_staff(&mut places);
        let templates = content.templates.iter().map(|text| {
            let (name, fields) = (text.name.clone(), text.fields.clone());
            (draw.id(), activity::Template { org: places[0].id, name, kind: text.kind, fields, retired: false })
        });
        let templates = templates.collect();
        let studies = content.studies.iter().map(|_| draw.id()).collect();
        let published = Published { templates, notice: draw.id(), studies, paper: draw.id() };
        Ok(Self { options, content, places, published, story, branches })
    }

    /// How many members it has.
    pub fn members(&self) -> usize {
        self.options.members
    }

    /// How many parts [`City::parts`] gives.
    pub fn parts_count(&self) -> usize {
        self.places.len()
    }

    /// The city's records in parts of some hundreds, all of a part in one county or in none. What a record names is in the same
    /// part or an earlier one.
    pub fn parts(&self) -> impl Iterator<Item = Result<Vec<Write>, CityError>> {
        self.places.iter().enumerate().map(|(place, here)| match here.division.kind {
            OrgKind::City => self.city(),
            OrgKind::Community => Ok(self.community(place)?.0.into_writes()),
            _ => Ok(vec![Write::new(here.id, self.org(place))]),
        })
    }

    pub(crate) fn story(&self) -> (usize, &Place) {
        (self.story, &self.places[self.story])
    }

    pub(crate) fn template(&self, kind: ActivityKind) -> Option<&(Id, activity::Template)> {
        self.published.templates.iter().find(|(_, template)| template.kind == kind)
    }

    /// A moment so many days before the city's today.
    pub(crate) fn days_ago(&self, days: u64, hour: u32, minute: u32) -> Timestamp {
        let date = self.options.today.checked_sub_days(Days::new(days)).unwrap_or(self.options.today);
        Zone::CHINA.moment(date, chrono::NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default())
    }

    fn org(&self, place: usize) -> Org {
        let here = &self.places[place].division;
        let parent = here.parent.map(|above| self.places[above].id);
        Org { parent, kind: here.kind, name: here.name.clone(), code: Some(here.code.clone()), ..Org::default() }
    }

    /// The members of branch `number`, counted in the whole city.
    pub(crate) fn branch_size(&self, number: usize) -> usize {
        self.border(number + 1) - self.border(number)
    }

    /// Where branch `number` begins in the list of all members: near its fair share, moved a little so that sizes differ.
    fn border(&self, number: usize) -> usize {
        let members = self.options.members - CITY_STAFF;
        let fair = number * members / self.branches;
        if number == 0 || number == self.branches {
            return fair;
        }
        fair + Draw::new(self.options.seed, "border", number, FOUNDED).below(2 * BORDER + 1) - BORDER
    }

    /// The city itself: its staff and what it publishes.
    fn city(&self) -> Result<Vec<Write>, CityError> {
        let mut pen = Pen::default();
        let mut draw = Draw::new(self.options.seed, "staff", 0, FOUNDED.plus_millis(5_000));
        let id = self.places[0].id;
        pen.put(id, self.org(0));
        let mut staff = Vec::with_capacity(CITY_STAFF);
        for role in [Role::Admin, Role::Publisher, Role::Approver] {
            let mut person = new_member(&mut pen, &mut draw, id, None);
            appoint(&mut pen, &mut draw, &mut person, id, role, None);
            staff.push(person);
        }
        let at = self.days_ago(30, 9, 0);
        let document = Some(self.content.check_in_basis.clone());
        let switch = directory::Action::SetSwitch { switch: Switch::CheckIn, document };
        pen.act(&staff[0], at, Kind::Org, id, Action::Directory(switch))?;
        self.publish(&mut pen, &staff[1], at)?;
        Ok(pen.into_writes())
    }

    fn publish(&self, pen: &mut Pen, publisher: &Person, at: Timestamp) -> Result<(), CityError> {
        let org = self.places[0].id;
        for (id, template) in &self.published.templates {
            let (name, kind, fields) = (template.name.clone(), template.kind, template.fields.clone());
            let action = activity::Action::PublishTemplate { org, name, kind, fields };
            pen.act(publisher, at, Kind::Template, *id, Action::Activity(action))?;
        }
        let text = &self.content.notice;
        let draft = notice::Draft {
            org,
            title: text.title.clone(),
            text: text.text.trim().to_owned(),
            files: Vec::new(),
            effective: at,
            until: None,
            audience: Vec::new(),
            wants_receipt: true,
            replaces: None,
        };
        pen.act(publisher, at, Kind::Notice, self.published.notice, Action::Notice(notice::Action::Publish(draft)))?;
        for (text, id) in self.content.studies.iter().zip(&self.published.studies) {
            let draft = study::Draft {
                org,
                title: text.title.clone(),
                summary: text.summary.clone(),
                sections: text.sections.clone(),
                items: text.items.clone(),
                minutes: text.minutes,
                from: at,
                until: None,
            };
            pen.act(publisher, at, Kind::Study, *id, Action::Study(study::Action::Publish(draft)))?;
        }
        let (questions, answers) = self.content.paper.split();
        let draft = quiz::Draft {
            org,
            title: self.content.paper.title.clone(),
            questions,
            answers,
            minutes: None,
            opens: at,
            closes: None,
            attempts_max: 0,
            pass_percent: self.content.paper.pass_percent,
            mode: quiz::Mode::Practice,
        };
        pen.act(publisher, at, Kind::Paper, self.published.paper, Action::Quiz(quiz::Action::Publish(draft)))?;
        Ok(())
    }

    /// A community with its branches and grids.
    pub(crate) fn community(&self, place: usize) -> Result<(Pen, Community), CityError> {
        let here = &self.places[place];
        let mut pen = Pen::default();
        let mut above = here.division.parent;
        while let Some(place) = above {
            pen.know(self.places[place].id, self.org(place));
            above = self.places[place].division.parent;
        }
        for (id, template) in &self.published.templates {
            pen.know(*id, template.clone());
        }
        pen.put(here.id, self.org(place));
        let at = FOUNDED.plus_millis(COMMUNITY_MS * (1 + place as i64));
        let mut draw = Draw::new(self.options.seed, "community", place, at);
        let mut branches = Vec::with_capacity(here.branches.len());
        for (n, number) in here.branches.clone().enumerate() {
            branches.push(branch::make(self, &mut pen, &mut draw, place, n, number)?);
        }
        let grids = branches.first_mut().map(|first| grid::make(self, &mut pen, &mut draw, place, first)).transpose()?;
        Ok((pen, Community { branches, grids: grids.unwrap_or_default() }))
    }
}

/// Gives every community its share of the branches; the place of the story has one however few there are.
fn spread(places: &mut [Place], branches: usize, story: usize) {
    let communities: Vec<usize> = (0..places.len()).filter(|place| places[*place].division.kind == OrgKind::Community).collect();
    let count = communities.len();
    let last = communities.iter().position(|place| *place == story).unwrap_or(0);
    let mut next = 0;
    for (n, place) in communities.into_iter().enumerate() {
        // Counted from the one after the story's, which is thereby the last, where the shares add up to the whole.
        let turn = (n + count - last - 1) % count;
        let share = (turn + 1) * branches / count - turn * branches / count;
        places[place].branches = next..next + share;
        next += share;
    }
}

/// The staff of a street or county belongs to the first branch in it.
fn find_staff(places: &mut [Place]) {
    let mut staffed = vec![false; places.len()];
    for place in 0..places.len() {
        if places[place].branches.is_empty() {
            continue;
        }
        let street = places[place].division.parent;
        let county = street.and_then(|street| places[street].division.parent);
        for above in [street, county].into_iter().flatten() {
            if !std::mem::replace(&mut staffed[above], true) {
                places[place].staffs.push(above);
            }
        }
    }
}

/// A member of `org`, with a name of the story or a drawn one.
pub(crate) fn new_member(pen: &mut Pen, draw: &mut Draw, org: Id, name: Option<&str>) -> Person {
    let drawn = people::name(draw);
    let member = Member { org, name: name.map_or(drawn, ToOwned::to_owned), joined: people::joined(draw), ..Member::default() };
    let id = draw.id();
    pen.put(id, member.clone());
    Person { id, member, appointments: Vec::new() }
}

/// Appoints `person` in `org`, and to `grid` for a grid worker, since the city was founded.
pub(crate) fn appoint(pen: &mut Pen, draw: &mut Draw, person: &mut Person, org: Id, role: Role, grid: Option<Id>) {
    let held = Appointment { grid, from: FOUNDED, ..Appointment::new(person.id, org, role) };
    pen.put(draw.id(), held.clone());
    person.appointments.push(held);
}
