//! Commands: what one person meant to do.

use serde::{Deserialize, Serialize};

use crate::names::variants;
use crate::record::Key;
use crate::{activity, directory, notice, quiz, study, task};

/// What a person meant to do to one record.
#[derive(Clone, Debug, PartialEq)]
pub struct Command {
    /// The record it is addressed to.
    pub target: Key,
    /// What was meant.
    pub action: Action,
}

/// What was meant, by feature. Serialised as `{"activity":{"submit_log":{…}}}`: the audit log is read by people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Orgs, members, appointments and transfers.
    Directory(directory::Action),
    /// Templates, activities, check-ins and logs.
    Activity(activity::Action),
    /// Notices and receipts.
    Notice(notice::Action),
    /// Study material, learning and reviews.
    Study(study::Action),
    /// Papers and attempts.
    Quiz(quiz::Action),
    /// Grids, households, tasks, routines, shifts and reports.
    Task(task::Action),
}

/// The largest action in bytes of JSON.
pub const ACTION_BYTES_MAX: usize = 256 * 1024;

impl Action {
    /// Reads the JSON form.
    pub fn parse(json: &[u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(json)
    }

    /// The JSON form, as it is signed, stored and sent.
    pub fn to_json(&self) -> Vec<u8> {
        // Actions are structs of strings, numbers and lists: serde_json cannot fail on them.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Every name that [`Action::name`] gives.
    pub fn names() -> Vec<String> {
        let of =
            |feature: &'static str, verbs: &'static [&'static str]| verbs.iter().map(move |verb| format!("{feature}.{verb}"));
        let features = [
            ("directory", variants::<directory::Action>()),
            ("activity", variants::<activity::Action>()),
            ("notice", variants::<notice::Action>()),
            ("study", variants::<study::Action>()),
            ("quiz", variants::<quiz::Action>()),
            ("task", variants::<task::Action>()),
        ];
        features.into_iter().flat_map(|(feature, verbs)| of(feature, verbs)).collect()
    }

    /// `activity.submit_log`, for logs and lists of what waits.
    pub fn name(&self) -> String {
        let value = serde_json::to_value(self).unwrap_or_default();
        let Some((feature, inner)) = value.as_object().and_then(|map| map.iter().next()) else { return String::new() };
        let verb = inner.as_str().or_else(|| inner.as_object().and_then(|map| map.keys().next().map(String::as_str)));
        format!("{feature}.{}", verb.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_is_among_the_names() {
        let names = Action::names();
        for feature in variants::<Action>() {
            assert!(names.iter().any(|name| name.starts_with(&format!("{feature}."))), "{feature}");
        }
        let known = Action::Directory(directory::Action::RenameOrg { name: String::new() });
        let plain = Action::Directory(directory::Action::EndAppointment);
        assert!(names.contains(&known.name()) && names.contains(&plain.name()), "{names:?}");
        assert!(names.iter().all(|name| name.split('.').count() == 2));
    }
}
