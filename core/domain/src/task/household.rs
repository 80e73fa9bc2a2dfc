//! Households: what a visit needs to know, and no more.
//!
//! That someone lives alone, or needs care, is recorded only with the consent of the one it concerns.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{KEEPERS, place, sane_day, some};
use crate::decide::{Context, World, Write, Writes, existing, fresh};
use crate::feed::Feed;
use crate::id::Id;
use crate::record::{Body, Key, Kind};
use crate::refusal::{Code, Refusal};
use crate::text::{self, NAME_CHARS_MAX, TITLE_CHARS_MAX};
use crate::time::Timestamp;

/// A household in a grid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Household {
    /// The community its grid lies in.
    pub org: Id,
    /// Its grid.
    pub grid: Id,
    /// Street and number, or the name of the estate.
    pub address: String,
    /// The building (幢).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub building: String,
    /// The stairwell (单元).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// The door (室).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub door: String,
    /// Whom to ask for and how to reach them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// How many live there.
    pub people: u8,
    /// Someone lives there alone and wishes to be looked in on. Needs [`consent`](Self::consent).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub alone: bool,
    /// What a visitor must know to be of help, such as poor hearing. Needs [`consent`](Self::consent).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub care: Option<String>,
    /// Who agreed to what, where the law asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<Consent>,
    /// When someone of the household was last met.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_contact: Option<Timestamp>,
}

/// That someone agreed to something sensitive being recorded about them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Consent {
    /// Who agreed.
    pub by: String,
    /// What it is recorded for.
    pub purpose: String,
    /// The day they agreed.
    pub given: NaiveDate,
    /// The last day it holds, where they set one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

impl Consent {
    fn check(&self) -> Result<(), Refusal> {
        text::filled("consent_by", &self.by, NAME_CHARS_MAX)?;
        text::filled("consent_purpose", &self.purpose, TITLE_CHARS_MAX)?;
        sane_day("consent_given", self.given)?;
        self.until.map_or(Ok(()), |until| {
            if until < self.given { Err(super::out_of_range("consent_until")) } else { sane_day("consent_until", until) }
        })
    }
}

/// What is first known of a household.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewHousehold {
    /// The grid it lies in.
    pub grid: Id,
    /// Street and number, or the name of the estate.
    pub address: String,
    /// The building (幢).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub building: String,
    /// The stairwell (单元).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// The door (室).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub door: String,
    /// Whom to ask for and how to reach them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub contact: String,
    /// How many live there.
    pub people: u8,
    /// Someone lives there alone and wishes to be looked in on.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub alone: bool,
    /// What a visitor must know to be of help.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub care: String,
    /// Who agreed to what; needed for `alone` and `care`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<Consent>,
}

/// What changes in a household. What is `None` stays as it is, so that two people who mend different things both succeed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct HouseholdChange {
    /// The new address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The new building.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub building: Option<String>,
    /// The new stairwell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The new door.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub door: Option<String>,
    /// The new contact; an empty one is removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// The new number of people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<u8>,
    /// Whether someone lives alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alone: Option<bool>,
    /// What a visitor must know; an empty text is removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub care: Option<String>,
    /// A new consent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<Consent>,
    /// The consent is withdrawn: it goes, and with it all that needed it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub withdraw_consent: bool,
}

impl Household {
    /// The feed of its grid, and no other.
    pub fn feeds(&self) -> Vec<Feed> {
        vec![Feed::grid(self.grid)]
    }

    /// The address on one line, as written on a letter.
    pub fn line(&self) -> String {
        [&self.address, &self.building, &self.unit, &self.door]
            .map(|part| part.trim())
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Someone of the household was met at `moment`. An earlier meeting that is heard of later changes nothing.
    pub(super) fn met(mut self, moment: Timestamp) -> Self {
        self.last_contact = self.last_contact.max(Some(moment));
        self
    }

    fn check(&self) -> Result<(), Refusal> {
        text::filled("address", &self.address, TITLE_CHARS_MAX)?;
        for (field, value) in [("building", &self.building), ("unit", &self.unit), ("door", &self.door)] {
            text::within(field, value, NAME_CHARS_MAX)?;
        }
        self.contact.as_ref().map_or(Ok(()), |contact| text::within("contact", contact, NAME_CHARS_MAX))?;
        self.care.as_ref().map_or(Ok(()), |care| text::within("care", care, TITLE_CHARS_MAX))?;
        self.consent.as_ref().map_or(Ok(()), Consent::check)?;
        if (self.alone || self.care.is_some()) && self.consent.is_none() {
            return Err(Refusal::new(Code::Empty).with("field", "consent"));
        }
        Ok(())
    }
}

/// Refuses those who neither work in the grid nor answer for it.
fn keeps(org: Id, grid: Id, world: &dyn World, context: &Context<'_>) -> Result<(), Refusal> {
    if context.works_grid(grid) || context.holds_over(&KEEPERS, org, world) {
        return Ok(());
    }
    Err(Refusal::new(Code::NotAllowed).with("role", "grid_worker"))
}

pub(super) fn add(
    new: &NewHousehold,
    target: Key,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    fresh(Kind::Household, target, before)?;
    let grid = place::open(world, new.grid)?;
    keeps(grid.org, new.grid, world, context)?;
    let household = Household {
        org: grid.org,
        grid: new.grid,
        address: new.address.trim().to_owned(),
        building: new.building.trim().to_owned(),
        unit: new.unit.trim().to_owned(),
        door: new.door.trim().to_owned(),
        contact: some(&new.contact),
        people: new.people,
        alone: new.alone,
        care: some(&new.care),
        consent: new.consent.clone(),
        last_contact: None,
    };
    household.check()?;
    Ok(vec![Write::new(target.id, household)])
}

pub(super) fn edit(
    id: Id,
    change: &HouseholdChange,
    before: Option<&Body>,
    world: &dyn World,
    context: &Context<'_>,
) -> Result<Writes, Refusal> {
    let mut household: Household = existing(before)?;
    keeps(household.org, household.grid, world, context)?;
    let put = |to: &mut String, from: &Option<String>| from.as_ref().map_or((), |text| text.trim().clone_into(to));
    put(&mut household.address, &change.address);
    put(&mut household.building, &change.building);
    put(&mut household.unit, &change.unit);
    put(&mut household.door, &change.door);
    if let Some(contact) = &change.contact {
        household.contact = some(contact);
    }
    if change.withdraw_consent {
        household = Household { alone: false, care: None, consent: None, ..household };
    }
    if let Some(care) = &change.care {
        household.care = some(care);
    }
    household.people = change.people.unwrap_or(household.people);
    household.alone = change.alone.unwrap_or(household.alone);
    household.consent = change.consent.clone().or(household.consent);
    household.check()?;
    Ok(vec![Write::new(id, household)])
}

#[cfg(test)]
mod tests;
