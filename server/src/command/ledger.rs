//! `ledger`

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::{Datelike, NaiveDate};
use comfy_table::{CellAlignment, ContentArrangement, Table};
use haitang_domain::directory::Member;
use haitang_domain::evidence::Lateness;
use haitang_domain::ledger::Line;
use haitang_domain::record::Typed;
use haitang_domain::{Id, Key, Kind, Zone};
use haitang_server::account::access::look;
use haitang_server::config::Config;
use haitang_server::ledger;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::{Failure, open};

/// The ledger of an org.
#[derive(clap::Args)]
pub struct Ledger {
    /// The org's id
    #[arg(long)]
    org: Id,
    /// The first day, such as 2026-01-01 [default: the first of this year]
    #[arg(long)]
    from: Option<NaiveDate>,
    /// The last day [default: today]
    #[arg(long)]
    to: Option<NaiveDate>,
    /// Writes a workbook as well
    #[arg(long, value_name = "FILE")]
    xlsx: Option<PathBuf>,
    /// Prints JSON in place of a table
    #[arg(long)]
    json: bool,
}

const HEADINGS: [&str; 10] = ["日期", "类型", "主题", "出席", "扫码签到", "记录人", "审批人", "记录时间", "附件", "退回"];

/// When it was recorded, as people say it.
fn recorded(lateness: Option<Lateness>) -> String {
    match lateness {
        None => "—".into(),
        Some(Lateness::Before) => "活动前".into(),
        Some(Lateness::WithinMinutes(n)) => format!("活动后 {n} 分钟内"),
        Some(Lateness::WithinHours(n)) => format!("活动后 {n} 小时内"),
        Some(Lateness::WithinDays(n)) => format!("活动后 {n} 天内"),
        Some(Lateness::DaysLater(n)) => format!("至少 {n} 天后补记"),
    }
}

/// How many files there are, and how many of them have not arrived.
fn files(line: &Line) -> String {
    match line.files_missing {
        0 => line.files.to_string(),
        missing => format!("{}（{missing} 未到）", line.files),
    }
}

struct Named(BTreeMap<Id, String>);

impl Named {
    fn name(&self, id: Option<Id>) -> String {
        id.map_or_else(|| "—".into(), |id| self.0.get(&id).cloned().unwrap_or_else(|| id.short()))
    }
}

fn table(title: &str, lines: &[Line], names: &Named) -> String {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(HEADINGS);
    for line in lines {
        table.add_row([
            line.date.to_string(),
            line.kind.zh().to_owned(),
            line.title.clone(),
            line.present.to_string(),
            line.by_code.to_string(),
            names.name(Some(line.author)),
            names.name(line.approver),
            recorded(line.recorded),
            files(line),
            line.returns.to_string(),
        ]);
    }
    for column in [3, 4, 9] {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    format!("{title}\n{table}")
}

fn workbook(title: &str, lines: &[Line], names: &Named) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("台账")?;
    let (bold, day) = (Format::new().set_bold(), Format::new().set_num_format("yyyy-mm-dd"));
    sheet.write_with_format(0, 0, title, &bold)?;
    for (column, heading) in (0..).zip(HEADINGS) {
        sheet.write_with_format(1, column, heading, &bold)?;
    }
    for (row, line) in (2..).zip(lines) {
        write_line(sheet, row, line, names, &day)?;
    }
    for (column, width) in [(0, 12), (1, 14), (2, 40), (5, 12), (6, 12), (7, 20)] {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(2, 0)?;
    book.save_to_buffer()
}

fn write_line(sheet: &mut Worksheet, row: u32, line: &Line, names: &Named, day: &Format) -> Result<(), XlsxError> {
    let date = ExcelDateTime::from_ymd(line.date.year() as u16, line.date.month() as u8, line.date.day() as u8)?;
    sheet.write_with_format(row, 0, &date, day)?;
    sheet.write(row, 1, line.kind.zh())?;
    sheet.write(row, 2, line.title.as_str())?;
    sheet.write(row, 3, line.present as u32)?;
    sheet.write(row, 4, line.by_code as u32)?;
    sheet.write(row, 5, names.name(Some(line.author)))?;
    sheet.write(row, 6, names.name(line.approver))?;
    sheet.write(row, 7, recorded(line.recorded))?;
    sheet.write(row, 8, files(line))?;
    sheet.write(row, 9, u32::from(line.returns))?;
    Ok(())
}

impl Ledger {
    /// Prints it, and writes the workbook where one is wanted.
    pub async fn run(self, config: Config) -> Result<(), Failure> {
        let app = open(config).await?;
        let today = Zone::CHINA.date(app.now());
        let to = self.to.unwrap_or(today);
        let from = self.from.or_else(|| NaiveDate::from_ymd_opt(to.year(), 1, 1)).unwrap_or(to);
        let found = look(app.storage().as_ref(), |snapshot| {
            let Some((org, lines)) = ledger::of(snapshot, self.org, from, to)? else { return Ok(None) };
            let mut names = BTreeMap::new();
            for id in lines.iter().flat_map(|line| [Some(line.author), line.approver]).flatten() {
                let member = snapshot.record(Key::new(Kind::Member, id))?.and_then(|stored| Member::of(stored.body));
                names.extend(member.map(|member| (id, member.name)));
            }
            Ok(Some((org, lines, Named(names))))
        })?;
        let (org, lines, names) = found.ok_or_else(|| Failure::Told("there is no such org".into()))?;
        let title = format!("{} 台账 {from} 至 {to}", org.name);
        if self.json {
            println!("{}", serde_json::to_string_pretty(&lines)?);
        } else {
            println!("{}", table(&title, &lines, &names));
        }
        if let Some(path) = self.xlsx {
            let bytes = workbook(&title, &lines, &names).map_err(|error| Failure::Told(error.to_string()))?;
            std::fs::write(&path, bytes)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use haitang_domain::activity::ActivityKind;

    fn id(n: u8) -> Id {
        Id::from_bytes([n; 16])
    }

    fn lines() -> Vec<Line> {
        let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).expect("a day");
        let line = Line {
            log: id(1),
            date: day(3),
            kind: ActivityKind::ThemedDay,
            title: "主题党日：走进楼道查隐患".into(),
            present: 12,
            by_code: 9,
            author: id(2),
            approver: Some(id(3)),
            recorded: Some(Lateness::WithinMinutes(3)),
            files: 2,
            files_missing: 0,
            returns: 0,
        };
        let late = Line {
            date: day(20),
            title: "支委会".into(),
            approver: None,
            recorded: Some(Lateness::DaysLater(14)),
            files_missing: 1,
            returns: 1,
            author: id(9),
            ..line.clone()
        };
        vec![line, late]
    }

    fn names() -> Named {
        Named([(id(2), "陆文君".to_owned()), (id(3), "沈静怡".to_owned())].into())
    }

    #[test]
    fn the_table_reads_as_people_speak() {
        insta::assert_snapshot!(table("第一支部 台账", &lines(), &names()));
    }

    #[test]
    fn the_workbook_holds_every_line() {
        let whole = workbook("第一支部 台账", &lines(), &names()).expect("writes");
        let empty = workbook("第一支部 台账", &[], &names()).expect("writes");
        assert!(whole.starts_with(b"PK") && empty.starts_with(b"PK"), "a workbook is a zip archive");
        assert!(whole.len() > empty.len());
    }
}
