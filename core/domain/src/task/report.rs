//! Reports: what a worker found. Reporting a task is what makes it done.

use serde::{Deserialize, Serialize};

use super::household::Household;
use super::work::{Task, TaskAct, TaskKind};
use super::{NOTE_CHARS_MAX, plan, some};
use crate::attachment::{self, Attachment, Location};
use crate::decide::{Context, World, Write, Writes, existing, read};
use crate::evidence::Interval;
use crate::feed::Feed;
use crate::id::Id;
use crate::record::{Body, Key, Kind};
use crate::refusal::{Code, Refusal};
use crate::text;

/// The most findings in one report.
const FINDINGS_MAX: usize = 50;
/// The longest description of one finding, in characters.
const FINDING_CHARS_MAX: usize = 500;

/// One thing that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What.
    pub what: String,
    /// How bad it is.
    pub severity: Severity,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Good to know.
    Note,
    /// To be put right when there is time.
    Minor,
    /// To be put right soon.
    Major,
    /// Someone is in danger.
    Urgent,
}

/// What a worker found when doing a task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The community the grid lies in.
    pub org: Id,
    /// The grid.
    pub grid: Id,
    /// The task that was done.
    pub task: Id,
    /// Who did it.
    pub author: Id,
    /// Whether the author does not work in the grid.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub helper: bool,
    /// What was found, if anything.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
    /// A visit at which nobody was met: it is done, but it was no contact.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nobody_home: bool,
    /// What else there is to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Photos and recordings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<Attachment>,
    /// Where the worker was, if they chose to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// When it was reported.
    pub made: Interval,
}

impl Report {
    /// The grid's and the org's feed; and the author's, where they read neither.
    pub fn feeds(&self) -> Vec<Feed> {
        let helper = self.helper.then(|| Feed::member(self.author));
        [Feed::grid(self.grid), Feed::org(self.org)].into_iter().chain(helper).collect()
    }

    /// The worst of what was found.
    pub fn severity(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }
}

/// What is said when a task is reported. Only the report's own id is needed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewReport {
    /// The id of the report.
    pub report_id: Id,
    /// What was found, if anything.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
    /// A visit at which nobody was met.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nobody_home: bool,
    /// What else there is to say.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Photos and recordings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<Attachment>,
    /// Where the worker was, if they chose to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
}

impl NewReport {
    /// A report of nothing in particular.
    pub fn empty(report_id: Id) -> Self {
        Self { report_id, findings: Vec::new(), nobody_home: false, note: String::new(), files: Vec::new(), location: None }
    }

    fn check(&self, world: &dyn World) -> Result<(), Refusal> {
        if self.report_id == Id::NIL {
            return Err(super::out_of_range("report_id"));
        }
        if world.get(Key::new(Kind::Report, self.report_id)).is_some() {
            return Err(Refusal::new(Code::Exists).with("kind", "report"));
        }
        text::list("findings", &self.findings, FINDINGS_MAX)?;
        for finding in &self.findings {
            text::filled("finding", &finding.what, FINDING_CHARS_MAX)?;
        }
        text::within("note", &self.note, NOTE_CHARS_MAX)?;
        attachment::check_all(&self.files)?;
        self.location.as_ref().map_or(Ok(()), Location::check)
    }
}

pub(super) fn report(
    id: Id,
    new: &NewReport,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    let task: Task = existing(before)?;
    let state = task.after(TaskAct::Report, world, context)?;
    new.check(world)?;
    let report = Report {
        org: task.org,
        grid: task.grid,
        task: id,
        author: context.actor,
        helper: !context.works_grid(task.grid),
        findings: new.findings.clone(),
        nobody_home: new.nobody_home,
        note: some(&new.note),
        files: new.files.clone(),
        location: new.location,
        made: context.made,
    };
    // Neither is on the phone of a helper from elsewhere; the server has both.
    let visited = task.household.filter(|_| task.kind == TaskKind::Visit && !new.nobody_home);
    let household = visited.and_then(|id| Some(Write::new(id, read::<Household>(world, id).ok()?.met(context.now()))));
    let next = plan::follow(&task, world, context);
    let done = Task { state, assignee: Some(context.actor), offered_to: None, report: Some(new.report_id), ..task };
    Ok([Write::new(id, done), Write::new(new.report_id, report)].into_iter().chain(household).chain(next).collect())
}
