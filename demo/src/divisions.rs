//! The real divisions of 苏州市, from the national statistics codes.

use haitang_domain::directory::OrgKind;
use serde::Deserialize;

const TABLE: &str = include_str!("../data/divisions-suzhou.csv");

/// One division.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Division {
    /// Its code: 4 digits for the city, 6 for a county, 9 for a street, 12 for a community.
    pub code: String,
    /// The place of the division above in the table; `None` for the city.
    pub parent: Option<usize>,
    /// What it is.
    pub kind: OrgKind,
    /// Its name.
    pub name: String,
}

impl Division {
    /// The name without the committee that governs it: 定慧寺巷社区 for 定慧寺巷社区居委会.
    pub fn short_name(&self) -> &str {
        let endings = ["居民委员会", "村民委员会", "居民委会", "居委会", "村委会"];
        endings.iter().find_map(|ending| self.name.strip_suffix(ending)).unwrap_or(&self.name)
    }
}

/// A line of the table that does not fit the others.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// It is no table of `code,parent,level,name`.
    #[error("divisions: {0}")]
    Csv(#[from] csv::Error),
    /// A level that is not known, or a parent that was not named before.
    #[error("divisions: {0} does not fit")]
    Misfit(String),
}

#[derive(Deserialize)]
struct Row {
    code: String,
    parent: String,
    level: String,
    name: String,
}

/// Every division of the city, each after the one above it, the city first.
pub fn divisions() -> Result<Vec<Division>, TableError> {
    let mut rows: Vec<Row> = csv::Reader::from_reader(TABLE.as_bytes()).deserialize().collect::<Result<_, _>>()?;
    // By code, where every code begins with its parent's: each division then follows the one above it, and its own follow it.
    rows.sort_by(|a, b| a.code.cmp(&b.code));
    let mut divisions: Vec<Division> = Vec::with_capacity(rows.len());
    let mut open: Vec<usize> = Vec::new();
    for row in rows {
        while open.last().is_some_and(|above| divisions[*above].code != row.parent) {
            open.pop();
        }
        let kind = match row.level.as_str() {
            "city" => OrgKind::City,
            "county" => OrgKind::County,
            "street" => OrgKind::Street,
            "community" => OrgKind::Community,
            _ => return Err(TableError::Misfit(row.code)),
        };
        let parent = open.last().copied();
        if parent.is_none() != (kind == OrgKind::City) {
            return Err(TableError::Misfit(row.code));
        }
        open.push(divisions.len());
        divisions.push(Division { code: row.code, parent, kind, name: row.name });
    }
    Ok(divisions)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_city_is_whole_and_every_division_hangs_below_its_parent() {
        let all = divisions().expect("the table reads");
        let count = |kind| all.iter().filter(|division| division.kind == kind).count();
        let kinds = [OrgKind::City, OrgKind::County, OrgKind::Street, OrgKind::Community];
        assert_eq!(kinds.map(count), [1, 10, 118, 2_248]);
        for division in &all[1..] {
            let above = &all[division.parent.expect("has a parent")];
            assert!(division.code.starts_with(&above.code), "{} below {}", division.code, above.code);
        }
    }

    #[test]
    fn a_community_is_called_without_its_committee() {
        let named = |name: &str| Division { code: String::new(), parent: None, kind: OrgKind::Community, name: name.into() };
        assert_eq!(named("定慧寺巷社区居委会").short_name(), "定慧寺巷社区");
        assert_eq!(named("西山农业园区虚拟生活区").short_name(), "西山农业园区虚拟生活区");
    }
}
