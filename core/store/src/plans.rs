//! Every query a screen asks finds its way by an index, however much there is.

use crate::testing::phone_of;

const QUERIES: &[(&str, &str)] = &[
    ("members", include_str!("directory/members.sql")),
    ("orgs_below", include_str!("directory/orgs_below.sql")),
    ("appointments_of", include_str!("directory/appointments_of.sql")),
    ("appointments_in", include_str!("directory/appointments_in.sql")),
    ("appointments", include_str!("record/appointments.sql")),
    ("draft", include_str!("draft/get.sql")),
    ("looks", include_str!("mine/looks.sql")),
    ("transfers_to", include_str!("directory/transfers_to.sql")),
    ("activities", include_str!("activity/activities.sql")),
    ("upcoming", include_str!("activity/upcoming.sql")),
    ("past", include_str!("activity/past.sql")),
    ("check_ins", include_str!("activity/check_ins.sql")),
    ("attendance", include_str!("activity/attendance.sql")),
    ("templates", include_str!("activity/templates.sql")),
    ("my_logs", include_str!("activity/my_logs.sql")),
    ("logs", include_str!("activity/logs.sql")),
    ("waiting_logs", include_str!("activity/waiting_logs.sql")),
    ("notices", include_str!("notice/notices.sql")),
    ("studies", include_str!("study/studies.sql")),
    ("reviews_due", include_str!("study/reviews_due.sql")),
    ("papers", include_str!("quiz/papers.sql")),
    ("mine", include_str!("task/mine.sql")),
    ("of_grid", include_str!("task/of_grid.sql")),
    ("offered", include_str!("task/offered.sql")),
    ("households", include_str!("task/households.sql")),
    ("routines", include_str!("task/routines.sql")),
    ("shifts", include_str!("task/shifts.sql")),
    ("shifts_offered", include_str!("task/shifts_offered.sql")),
    ("grid_shifts", include_str!("task/grid_shifts.sql")),
    ("reports", include_str!("task/reports.sql")),
];

#[test]
fn no_screen_reads_every_record() {
    let (store, _folder) = phone_of(crate::testing::id(1));
    let mut wrong = Vec::new();
    for (name, sql) in QUERIES {
        store
            .read_with("plan", |db| {
                let mut statement = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
                for n in 1..=statement.parameter_count() {
                    statement.raw_bind_parameter(n, n as i64)?;
                }
                let mut rows = statement.raw_query();
                while let Some(row) = rows.next()? {
                    let step: String = row.get(3)?;
                    let reads_all = step.starts_with("SCAN") || step.contains("AUTOMATIC");
                    // Templates are few, and the index holds nothing else.
                    if reads_all && *name != "templates" {
                        wrong.push(format!("{name}: {step}"));
                    }
                }
                Ok(())
            })
            .expect("plans");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
