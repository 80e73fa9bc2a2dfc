//! Grid work.

use chrono::NaiveTime;
use haitang_app::{AppError, Phone};
use haitang_disk::Chance;
use haitang_domain::task::{Every, HouseholdChange, NewHousehold, NewReport, NewRoutine, NewShift, NewTask, TaskKind};
use haitang_domain::time::HOUR_MS;
use haitang_domain::{Id, Zone};

use super::{Around, an_org, one_of, someone};
use crate::town;

fn grid() -> Id {
    town::id(town::GRID)
}

pub(super) fn act(phone: &Phone, chance: &mut Chance, around: &mut Around) -> Result<&'static str, AppError> {
    match chance.below(10) {
        0..=5 => work(phone, chance, around),
        6 | 7 => shift(phone, chance, around),
        8 => routine(phone, chance, around),
        _ => place(phone, chance, around),
    }
}

fn work(phone: &Phone, chance: &mut Chance, around: &mut Around) -> Result<&'static str, AppError> {
    let today = phone.today()?;
    let task = one_of(chance, &today, |item| item.id);
    let households = phone.households(None, None)?;
    Ok(match chance.below(9) {
        0 => {
            let from = phone.now();
            let household = chance.pick(&households).map(|item| item.id);
            phone.assign_task(NewTask {
                grid: grid(),
                kind: if household.is_some() { TaskKind::Visit } else { TaskKind::Patrol },
                title: around.text("走访"),
                place: "三号楼".into(),
                household,
                assignee: chance.one_in(2).then(|| someone(chance)),
                from,
                due: from.plus_millis((1 + chance.below(72) as i64) * HOUR_MS),
                note: String::new(),
            })?;
            "assign_task"
        }
        1 => {
            phone.accept_task(task)?;
            "accept_task"
        }
        2 => {
            phone.hand_over_task(task, someone(chance), "请代为")?;
            "hand_over_task"
        }
        3 => {
            phone.take_over_task(task)?;
            "take_over_task"
        }
        4 => {
            phone.decline_task(task, "没空")?;
            "decline_task"
        }
        5 => {
            phone.cancel_task(task, &around.text("不用了"))?;
            "cancel_task"
        }
        _ => {
            let mut report = NewReport { note: around.text("一切正常"), ..NewReport::empty(Id::NIL) };
            if chance.one_in(4) {
                let photo = around.text("a finding ").repeat(1 + chance.below(2_000));
                report.files.push(phone.attach_bytes(photo.into_bytes(), "image/jpeg", "隐患.jpg")?);
            }
            phone.report_task(task, report)?;
            "report_task"
        }
    })
}

fn shift(phone: &Phone, chance: &mut Chance, around: &mut Around) -> Result<&'static str, AppError> {
    let shifts = phone.shifts()?;
    let shift = one_of(chance, &shifts, |item| item.id);
    Ok(match chance.below(8) {
        0 | 1 => {
            let starts = phone.now().plus_millis((chance.below(8) as i64 - 2) * HOUR_MS);
            phone.plan_shift(NewShift {
                grid: grid(),
                place: around.text("卡口"),
                worker: if chance.one_in(3) { someone(chance) } else { town::id(12 + chance.below(2) as u8) },
                starts,
                ends: starts.plus_millis(4 * HOUR_MS),
                duties: "登记".into(),
            })?;
            "plan_shift"
        }
        2 => {
            phone.start_shift(shift)?;
            "start_shift"
        }
        3 => {
            phone.hand_over_shift(shift, someone(chance), "交班")?;
            "hand_over_shift"
        }
        4 => {
            phone.take_over_shift(shift)?;
            "take_over_shift"
        }
        5 => {
            phone.decline_shift(shift, "来不了")?;
            "decline_shift"
        }
        6 => {
            phone.end_shift(shift, "平安")?;
            "end_shift"
        }
        _ if chance.one_in(2) => {
            phone.miss_shift(shift, "没人")?;
            "miss_shift"
        }
        _ => {
            phone.cancel_shift(shift, "取消")?;
            "cancel_shift"
        }
    })
}

fn routine(phone: &Phone, chance: &mut Chance, around: &mut Around) -> Result<&'static str, AppError> {
    let routines = phone.routines(None)?;
    let routine = one_of(chance, &routines, |item| item.id);
    let today = Zone::CHINA.date(phone.now());
    Ok(match chance.below(4) {
        0 => {
            phone.stop_routine(routine, "不再需要")?;
            "stop_routine"
        }
        1 => {
            phone.extend_routine(routine, today + chrono::Days::new(chance.below(5) as u64))?;
            "extend_routine"
        }
        _ => {
            phone.plan_routine(NewRoutine {
                grid: grid(),
                kind: TaskKind::Patrol,
                title: around.text("巡查"),
                place: "河边".into(),
                household: None,
                assignee: None,
                note: String::new(),
                every: Every::Days(1 + chance.below(3) as u16),
                working_days_only: chance.one_in(2),
                first: today,
                until: None,
                opens: NaiveTime::from_hms_opt(8, 0, 0).expect("a time"),
                closes: NaiveTime::from_hms_opt(18, 0, 0).expect("a time"),
                ahead: 1 + chance.below(3) as u8,
            })?;
            "plan_routine"
        }
    })
}

fn place(phone: &Phone, chance: &mut Chance, around: &mut Around) -> Result<&'static str, AppError> {
    Ok(match chance.below(6) {
        0 => {
            phone.add_grid(an_org(phone, chance)?, &around.text("网格"))?;
            "add_grid"
        }
        1 => {
            phone.rename_grid(grid(), &around.text("网格"))?;
            "rename_grid"
        }
        2 if chance.one_in(10) => {
            phone.close_grid(grid())?;
            "close_grid"
        }
        2 | 3 => {
            let json = serde_json::json!({ "grid": grid(), "address": around.text("海棠路"), "people": 1 + chance.below(5) });
            let new: NewHousehold = serde_json::from_value(json).expect("a household");
            phone.add_household(new)?;
            "add_household"
        }
        _ => {
            let households = phone.households(None, None)?;
            let household = one_of(chance, &households, |item| item.id);
            let mut change = HouseholdChange { people: Some(chance.below(9) as u8), ..HouseholdChange::default() };
            if chance.one_in(2) {
                change = HouseholdChange { door: Some(around.text("室")), ..HouseholdChange::default() };
            }
            phone.edit_household(household, change)?;
            "edit_household"
        }
    })
}
