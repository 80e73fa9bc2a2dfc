//! A branch: its people, and what it did lately.

use std::collections::BTreeSet;

use haitang_domain::activity::{self, ActivityKind, LogContent, Plan};
use haitang_domain::directory::{Org, OrgKind, Role};
use haitang_domain::time::{DAY_MS, HOUR_MS, MINUTE_MS};
use haitang_domain::{Action, Id, Kind};

use crate::cast::STORY_NAMES;
use crate::city::{City, CityError, appoint, new_member};
use crate::draw::Draw;
use crate::pen::{Pen, Person};
use crate::people;

/// Where in a branch's list of members those with a role stand.
pub(crate) const SECRETARY: usize = 0;
pub(crate) const LEADER: usize = 1;
pub(crate) const WORKERS: std::ops::Range<usize> = 2..4;
const STAFF: usize = 6;

/// What a branch did: the sort, how many days ago, what it was about.
const PAST: [(ActivityKind, u64, &str); 3] = [
    (ActivityKind::CommitteeMeeting, 45, "支委会：研究下阶段工作安排"),
    (ActivityKind::GeneralMeeting, 32, "党员大会：通报近期工作"),
    (ActivityKind::ThemedDay, 18, "主题党日：走进楼道查隐患"),
];

/// A branch that was made.
pub(crate) struct Branch {
    pub id: Id,
    pub name: String,
    pub people: Vec<Person>,
    pub activities: Vec<(Id, String)>,
}

/// Makes branch `n` of the community at `place`, which is branch `number` of the city.
pub(crate) fn make(
    city: &City,
    pen: &mut Pen,
    draw: &mut Draw,
    place: usize,
    n: usize,
    number: usize,
) -> Result<Branch, CityError> {
    let community = &city.places[place];
    let id = draw.id();
    let name = people::branch(community.division.short_name(), n);
    pen.put(id, Org { parent: Some(community.id), kind: OrgKind::Branch, name: name.clone(), ..Org::default() });
    let is_story = city.story().0 == place && n == 0;
    let named = |index: usize| STORY_NAMES.get(index).copied().filter(|_| is_story);
    let mut people: Vec<Person> = (0..city.branch_size(number)).map(|index| new_member(pen, draw, id, named(index))).collect();
    appoint(pen, draw, &mut people[SECRETARY], id, Role::Secretary, None);
    appoint(pen, draw, &mut people[LEADER], id, Role::Leader, None);
    if n == 0 {
        let roles = [Role::Admin, Role::Publisher, Role::Approver];
        let places = community.staffs.iter().flat_map(|above| roles.map(|role| (*above, role)));
        for ((above, role), person) in places.zip(&mut people[STAFF..]) {
            appoint(pen, draw, person, city.places[above].id, role, None);
        }
    }
    let mut branch = Branch { id, name, people, activities: Vec::new() };
    // Two of the three, so that branches differ; the story's ledger begins with all.
    let left_out = if is_story { PAST.len() } else { draw.below(PAST.len()) };
    for (which, past) in PAST.iter().enumerate() {
        if which != left_out {
            hold(city, pen, draw, &mut branch, past)?;
        }
    }
    Ok(branch)
}

/// Has a branch plan, hold, log and approve an activity.
fn hold(
    city: &City,
    pen: &mut Pen,
    draw: &mut Draw,
    branch: &mut Branch,
    (kind, days, title): &(ActivityKind, u64, &str),
) -> Result<(), CityError> {
    let (secretary, leader) = (&branch.people[SECRETARY], &branch.people[LEADER]);
    let template = city.template(*kind);
    let starts = city.days_ago(*days, 19, 30);
    let (id, log) = (draw.id(), draw.id());
    let plan = Plan {
        org: branch.id,
        template: template.map(|(id, _)| *id),
        kind: *kind,
        title: (*title).to_owned(),
        place: "支部活动室".to_owned(),
        starts,
        ends: starts.plus_millis(90 * MINUTE_MS),
        host: secretary.id,
        expected: BTreeSet::new(),
    };
    let planned = starts.plus_millis(-5 * DAY_MS);
    pen.act(secretary, planned, Kind::Activity, id, Action::Activity(activity::Action::Plan(plan)))?;

    let is_there = |index: &usize, draw: &mut Draw| match kind {
        ActivityKind::CommitteeMeeting => *index < 5,
        _ => *index <= LEADER || draw.below(5) > 0,
    };
    let there: Vec<usize> = (0..branch.people.len()).filter(|index| is_there(index, draw)).collect();
    let fields = template.into_iter().flat_map(|(_, template)| &template.fields);
    let content = LogContent {
        activity: Some(id),
        template: template.map(|(id, _)| *id),
        kind: *kind,
        title: (*title).to_owned(),
        held: starts,
        attendance: there.into_iter().map(|index| branch.people[index].id).collect(),
        fields: fields
            .filter(|field| !field.suggested.is_empty())
            .map(|field| (field.name.clone(), field.suggested.clone()))
            .collect(),
        files: Vec::new(),
        late_reason: String::new(),
    };
    let submit = activity::Action::SubmitLog { org: branch.id, content };
    pen.act(leader, starts.plus_millis(2 * HOUR_MS), Kind::Log, log, Action::Activity(submit))?;
    let approved = starts.plus_millis(DAY_MS);
    pen.act(secretary, approved, Kind::Log, log, Action::Activity(activity::Action::ApproveLog))?;
    branch.activities.push((id, (*title).to_owned()));
    Ok(())
}
