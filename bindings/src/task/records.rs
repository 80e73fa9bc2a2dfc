//! What goes in and out in grid work.

use haitang_app::domain::Id;
use haitang_app::{domain::task as domain, task as app};

use crate::convert::{Given, Interval, Shown, choice, record};
use crate::error::CoreError;
use crate::file::{Attachment, Location};

choice! {
    /// What kind of work a task is.
    TaskKind = domain::TaskKind {
        /// A household is called on.
        Visit,
        /// A walk through the grid.
        Patrol,
        /// A place is looked at or kept.
        Checkpoint,
        /// Anything else that is to be done.
        Errand,
    }
}

choice! {
    /// Where a task stands.
    TaskState = domain::TaskState {
        /// Given, and not yet accepted.
        Open,
        /// Someone said they will do it.
        Accepted,
        /// Offered to another, who has not answered.
        HandedOver,
        /// Done and reported.
        Done,
        /// Not to be done.
        Cancelled,
    }
}

choice! {
    /// How bad a finding is.
    Severity = domain::Severity {
        /// Good to know.
        Note,
        /// To be put right when there is time.
        Minor,
        /// To be put right soon.
        Major,
        /// Someone is in danger.
        Urgent,
    }
}

choice! {
    /// Whether a routine goes on.
    RoutineState = domain::RoutineState {
        /// It does.
        Running,
        /// It repeats no more.
        Stopped,
    }
}

choice! {
    /// Where a shift stands.
    ShiftState = domain::ShiftState {
        /// It is to come.
        Planned,
        /// It is to come, and another was asked to take it.
        Offered,
        /// It is under way.
        On,
        /// It is under way, and another was asked to take it.
        HandedOver,
        /// It is over.
        Ended,
        /// It is past, and nobody came as far as is known.
        Missed,
        /// It was not needed.
        Cancelled,
    }
}

record! {
    /// A line of the day's list.
    shown TaskItem = app::TaskItem {
        /// The task.
        id: String,
        /// What sort of work.
        kind: TaskKind,
        /// What is to be done.
        title: String,
        /// Where.
        place: String,
        /// From when.
        from: i64,
        /// Until when.
        due: i64,
        /// Where it stands.
        state: TaskState,
        /// The name of who is to do it; nobody named means any worker of the grid.
        assignee: Option<String>,
        /// The household, for a visit.
        household: Option<String>,
        /// Whether it is offered to this member to take over.
        offered_to_me: bool,
        /// Whether a step of it waits to be sent.
        pending: bool,
    }
}

record! {
    /// One piece of grid work.
    shown Task = domain::Task {
        /// The community its grid lies in.
        org: String,
        /// Its grid.
        grid: String,
        /// What kind of work.
        kind: TaskKind,
        /// What is to be done, in one line.
        title: String,
        /// Where.
        place: String,
        /// Whom it is about.
        household: Option<String>,
        /// Who does it; any worker of the grid where nobody is named.
        assignee: Option<String>,
        /// The first moment at which it makes sense.
        from: i64,
        /// When it should be done.
        due: i64,
        /// The routine it is an occurrence of.
        routine: Option<String>,
        /// Who gave it.
        author: String,
        /// Where it stands.
        state: TaskState,
        /// Who is asked to take it over.
        offered_to: Option<String>,
        /// The report that says what was found.
        report: Option<String>,
        /// What to know when doing it.
        note: Option<String>,
        /// What was said when it was last handed over, declined or cancelled.
        reason: Option<String>,
    }
}

record! {
    /// A new task.
    given NewTask = domain::NewTask {
        /// The grid it lies in.
        grid: String,
        /// What kind of work.
        kind: TaskKind,
        /// What is to be done, in one line.
        title: String,
        /// Where. May be empty where a household is named: its address stands in.
        place: String,
        /// A household of the grid that it is about.
        household: Option<String>,
        /// Who does it; any worker of the grid where nobody is named.
        assignee: Option<String>,
        /// The first moment at which it makes sense.
        from: i64,
        /// When it should be done: later than `from`, by a year at most.
        due: i64,
        /// What to know when doing it.
        note: String,
    }
}

record! {
    /// One thing that was found.
    both Finding = domain::Finding {
        /// What.
        what: String,
        /// How bad it is.
        severity: Severity,
    }
}

record! {
    /// What a worker found when doing a task.
    shown Report = domain::Report {
        /// The grid.
        grid: String,
        /// The task that was done.
        task: String,
        /// Who did it.
        author: String,
        /// What was found, if anything.
        findings: Vec<Finding>,
        /// A visit at which nobody was met.
        nobody_home: bool,
        /// What else there is to say.
        note: Option<String>,
        /// Photos and recordings.
        files: Vec<Attachment>,
        /// Where the worker was, if they chose to say.
        location: Option<Location>,
        /// When it was reported.
        made: Interval,
    }
}

/// What is said when a task is reported. All may be empty: a visit that found nothing is one call.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct NewReport {
    /// What was found, if anything.
    #[uniffi(default)]
    pub findings: Vec<Finding>,
    /// A visit at which nobody was met.
    #[uniffi(default)]
    pub nobody_home: bool,
    /// What else there is to say.
    #[uniffi(default)]
    pub note: String,
    /// Photos and recordings.
    #[uniffi(default)]
    pub files: Vec<Attachment>,
    /// Where the worker was, if they chose to say.
    #[uniffi(default)]
    pub location: Option<Location>,
}

impl Given<domain::NewReport> for NewReport {
    fn given(self) -> Result<domain::NewReport, CoreError> {
        Ok(domain::NewReport {
            // The app names the report.
            report_id: Id::NIL,
            findings: self.findings.given()?,
            nobody_home: self.nobody_home,
            note: self.note,
            files: self.files.given()?,
            location: self.location.given()?,
        })
    }
}

record! {
    /// That someone agreed to something sensitive being recorded about them.
    both Consent = domain::Consent {
        /// Who agreed.
        by: String,
        /// What it is recorded for.
        purpose: String,
        /// The day they agreed, such as `2026-11-24`.
        given: String,
        /// The last day it holds, where they set one.
        until: Option<String>,
    }
}

record! {
    /// A household in a grid.
    shown Household = domain::Household {
        /// The community its grid lies in.
        org: String,
        /// Its grid.
        grid: String,
        /// Street and number, or the name of the estate.
        address: String,
        /// The building (幢).
        building: String,
        /// The stairwell (单元).
        unit: String,
        /// The door (室).
        door: String,
        /// Whom to ask for and how to reach them.
        contact: Option<String>,
        /// How many live there.
        people: u8,
        /// Someone lives there alone and wishes to be looked in on.
        alone: bool,
        /// What a visitor must know to be of help.
        care: Option<String>,
        /// Who agreed to what.
        consent: Option<Consent>,
        /// When someone of the household was last met.
        last_contact: Option<i64>,
    }
}

record! {
    /// A line of the list of households.
    shown HouseholdItem = app::HouseholdItem {
        /// The household.
        id: String,
        /// Its address in one line.
        place: String,
        /// How many people.
        people: u8,
        /// Whether someone lives there alone.
        alone: bool,
        /// When anyone was last in touch.
        last_contact: Option<i64>,
    }
}

record! {
    /// What is first known of a household.
    given NewHousehold = domain::NewHousehold {
        /// The grid it lies in.
        grid: String,
        /// Street and number, or the name of the estate.
        address: String,
        /// The building (幢).
        building: String,
        /// The stairwell (单元).
        unit: String,
        /// The door (室).
        door: String,
        /// Whom to ask for and how to reach them.
        contact: String,
        /// How many live there.
        people: u8,
        /// Someone lives there alone and wishes to be looked in on.
        alone: bool,
        /// What a visitor must know to be of help.
        care: String,
        /// Who agreed to what; needed for `alone` and `care`.
        consent: Option<Consent>,
    }
}

record! {
    /// What changes in a household; what is not given stays as it is.
    given HouseholdChange = domain::HouseholdChange {
        /// The new address.
        address: Option<String>,
        /// The new building.
        building: Option<String>,
        /// The new stairwell.
        unit: Option<String>,
        /// The new door.
        door: Option<String>,
        /// The new contact; an empty one is removed.
        contact: Option<String>,
        /// The new number of people.
        people: Option<u8>,
        /// Whether someone lives alone.
        alone: Option<bool>,
        /// What a visitor must know; an empty text is removed.
        care: Option<String>,
        /// A new consent.
        consent: Option<Consent>,
        /// The consent is withdrawn: it goes, and with it all that needed it.
        withdraw_consent: bool,
    }
}

/// How often something repeats.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Every {
    /// Every so many days.
    Days {
        /// 1 to 366.
        n: u16,
    },
    /// On some weekdays of every so many weeks.
    Weeks {
        /// Every how many weeks, 1 to 53.
        n: u16,
        /// Which days, 1 (Monday) to 7 (Sunday).
        weekdays: Vec<u16>,
    },
    /// On one day of every so many months.
    Months {
        /// Every how many months, 1 to 24.
        n: u16,
        /// Which day, 1 to 31. In a month that has it not, the last one.
        day: u8,
    },
}

impl Shown<Every> for domain::Every {
    fn shown(self) -> Every {
        match self {
            Self::Days(n) => Every::Days { n },
            Self::Weeks { n, weekdays } => Every::Weeks { n, weekdays: weekdays.shown() },
            Self::Months { n, day } => Every::Months { n, day },
        }
    }
}

impl Given<domain::Every> for Every {
    fn given(self) -> Result<domain::Every, CoreError> {
        Ok(match self {
            Self::Days { n } => domain::Every::Days(n),
            Self::Weeks { n, weekdays } => domain::Every::Weeks { n, weekdays: weekdays.given()? },
            Self::Months { n, day } => domain::Every::Months { n, day },
        })
    }
}

record! {
    /// A new task that repeats.
    given NewRoutine = domain::NewRoutine {
        /// The grid it lies in.
        grid: String,
        /// What kind of work.
        kind: TaskKind,
        /// What is to be done, in one line.
        title: String,
        /// Where. May be empty where a household is named: its address stands in.
        place: String,
        /// A household of the grid that it is about.
        household: Option<String>,
        /// Who does it; any worker of the grid where nobody is named.
        assignee: Option<String>,
        /// What to know when doing it.
        note: String,
        /// How often.
        every: Every,
        /// Moved to the next working day where it falls on another.
        working_days_only: bool,
        /// No occurrence falls before this day, such as `2026-11-24`.
        first: String,
        /// No occurrence falls after this day.
        until: Option<String>,
        /// When its window opens, such as `08:30`.
        opens: String,
        /// When its window closes; on the next day if that is not later than `opens`.
        closes: String,
        /// How many occurrences to make into tasks at once. Each that is done brings the next.
        ahead: u8,
    }
}

record! {
    /// A line of the list of routines.
    shown RoutineItem = app::RoutineItem {
        /// The routine.
        id: String,
        /// What is to be done.
        title: String,
        /// Where.
        place: String,
        /// Where it stands.
        state: RoutineState,
    }
}

record! {
    /// A new place on the roster.
    given NewShift = domain::NewShift {
        /// The grid it lies in.
        grid: String,
        /// The checkpoint or post.
        place: String,
        /// Whose shift it is.
        worker: String,
        /// When it is to begin.
        starts: i64,
        /// When it is to end: later, by two days at most.
        ends: i64,
        /// What to do there.
        duties: String,
    }
}

record! {
    /// A place on the roster.
    shown ShiftItem = app::ShiftItem {
        /// The shift.
        id: String,
        /// The checkpoint.
        place: String,
        /// The name of whose it is.
        member: String,
        /// It begins.
        starts: i64,
        /// It ends.
        ends: i64,
        /// Where it stands.
        state: ShiftState,
        /// Whether it is this member's.
        mine: bool,
        /// Whether it is offered to this member.
        offered_to_me: bool,
        /// Whether a step of it waits to be sent.
        pending: bool,
    }
}
