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
    ("between", include_str!("activity/between.sql")),
    ("present", include_str!("activity/present.sql")),
    ("logs_of", include_str!("activity/logs_of.sql")),
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
    ("mine_by_place", include_str!("task/mine_by_place.sql")),
    ("of_grid_by_place", include_str!("task/of_grid_by_place.sql")),
    ("offered_by_place", include_str!("task/offered_by_place.sql")),
    ("one", include_str!("task/one.sql")),
    ("of_household", include_str!("task/of_household.sql")),
    ("history", include_str!("task/history.sql")),
    ("households", include_str!("task/households.sql")),
    ("routines", include_str!("task/routines.sql")),
    ("shifts", include_str!("task/shifts.sql")),
    ("shifts_offered", include_str!("task/shifts_offered.sql")),
    ("grid_shifts", include_str!("task/grid_shifts.sql")),
    ("reports", include_str!("task/reports.sql")),
    ("home: mine", include_str!("home/mine.sql")),
    ("home: of_grid", include_str!("home/of_grid.sql")),
    ("home: offered", include_str!("home/offered.sql")),
    ("home: offers", include_str!("home/offers.sql")),
    ("home: decisions", include_str!("home/decisions.sql")),
    ("home: returned", include_str!("home/returned.sql")),
    ("home: notices", include_str!("home/notices.sql")),
    ("home: studies", include_str!("home/studies.sql")),
    ("home: papers", include_str!("home/papers.sql")),
    ("home: reviews", include_str!("home/reviews.sql")),
    ("home: reviewed", include_str!("home/reviewed.sql")),
    ("home: learned", include_str!("home/learned.sql")),
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
                    let bounded = step.starts_with("SCAN (") || step == "SCAN CONSTANT ROW";
                    let reads_all = (step.starts_with("SCAN") && !bounded) || step.contains("AUTOMATIC");
                    // What a query in brackets yields is read to its end; what that reads is a step of its own.
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
