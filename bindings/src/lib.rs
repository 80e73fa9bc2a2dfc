//! The core as Kotlin and Swift see it: one object, [`Phone`], and the records and choices that go in and out of it.
//!
//! Nothing is decided here. Each function hands what it is given to the function of the same name in `haitang-app`, and hands
//! its answer back:
//!
//! - ids are texts, moments are milliseconds since 1970-01-01T00:00:00Z, days are `2026-11-24`, times of day `08:30`;
//! - whatever fails, fails as a [`CoreError`];
//! - functions that are not async come back within milliseconds, but they read and write the disk: call them off the main
//!   thread, one per screen;
//! - lists hold at most 50 lines (the outbox and the calendar 200). Those with a parameter `after` go on after the line whose id it
//!   is; an id that is gone is refused as `missing`, and the list is begun anew.

mod activity;
mod aside;
mod changes;
mod contract;
mod convert;
mod deadline;
mod directory;
mod draft;
mod error;
mod file;
mod home;
mod lock;
mod mine;
mod names;
mod notice;
mod outbox;
mod phone;
mod quiz;
mod search;
mod study;
mod sync;
mod task;

pub use activity::{
    ActivityItem, ActivityKind, ActivityMay, ActivityPage, ActivityPlan, ActivityState, Attendee, CheckedIn, Flag, Log,
    LogContent, LogItem, LogMay, LogPage, LogState, Means, ShownCode, TemplateField, TemplateItem,
};
pub use aside::{Aside, keep_aside, kept_aside};
pub use changes::{ChangeObserver, ChangeWatch};
pub use contract::Reread;
pub use convert::Interval;
pub use deadline::Deadline;
pub use directory::{
    AppointmentItem, GridItem, HolderItem, Me, MemberItem, MemberPage, OrgItem, OrgKind, OrgPage, Role, Switch, TransferItem,
    TransferState,
};
pub use draft::DraftItem;
pub use error::{CoreError, ErrorParts};
pub use file::{Attachment, Location};
pub use home::HomePage;
pub use lock::PinCheck;
pub use mine::{ConsentItem, ConsentPurpose, KindCount, LookItem, MyData};
pub use names::{command_names, error_codes, kind_names};
pub use notice::{Notice, NoticeDraft, NoticeItem, NoticePage, NoticeState};
pub use outbox::{OutboxStatus, UnsentItem};
pub use phone::{Enrolment, Identity, Phone};
pub use quiz::{
    Answer, AttemptPage, AttemptResult, Mode, PaperDraft, PaperItem, PaperPage, PaperState, Question, QuestionKind,
    QuestionResult, RightAnswer, Solution,
};
pub use search::Hit;
pub use study::{Rating, RecallItem, Review, ReviewItem, StudyDraft, StudyItem, StudyPage, StudySection};
pub use sync::{SyncObserver, SyncPhase, SyncState, SyncStop, SyncWatch};
pub use task::{
    Consent, Every, Finding, Household, HouseholdChange, HouseholdItem, HouseholdPage, NewHousehold, NewReport, NewRoutine,
    NewShift, NewTask, ReliefLine, Report, ReportLine, Routine, RoutineItem, RoutineMay, RoutinePage, RoutineState, Severity,
    ShiftItem, ShiftMay, ShiftPage, ShiftState, Task, TaskItem, TaskKind, TaskMay, TaskOrder, TaskPage, TaskState,
};

uniffi::setup_scaffolding!();

/// The version of the core, so that a shell can say what it runs on.
#[uniffi::export]
pub fn core_version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
