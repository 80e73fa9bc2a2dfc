//! The words people see, in both languages, out of resource files.

use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A language of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Simplified Chinese.
    Zh,
    /// English.
    En,
}

type Words = BTreeMap<String, String>;

fn words(language: Language) -> &'static Words {
    static ZH: OnceLock<Words> = OnceLock::new();
    static EN: OnceLock<Words> = OnceLock::new();
    // The files are compiled in and a test reads both.
    match language {
        Language::Zh => ZH.get_or_init(|| serde_json::from_str(include_str!("../locales/zh.json")).unwrap_or_default()),
        Language::En => EN.get_or_init(|| serde_json::from_str(include_str!("../locales/en.json")).unwrap_or_default()),
    }
}

/// The word for `key`, or the key itself where there is none: better a code than nothing.
pub fn word(language: Language, key: &str) -> &str {
    words(language).get(key).map_or(key, String::as_str)
}

/// The sentence for `key` with `{name}` filled from `values`; values that are themselves codes are put into words.
pub fn sentence(language: Language, key: &str, values: &BTreeMap<String, String>) -> String {
    let mut text = word(language, key).to_owned();
    for (name, value) in values {
        let said = words(language).get(&format!("{name}.{value}")).map_or(value.as_str(), String::as_str);
        text = text.replace(&format!("{{{name}}}"), said);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use haitang_app::domain::Code;

    #[test]
    fn both_languages_know_the_same_words() {
        let (zh, en) = (words(Language::Zh), words(Language::En));
        assert!(zh.len() > 60, "the file reads");
        assert_eq!(zh.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
    }

    #[test]
    fn every_refusal_has_a_sentence() {
        let codes = [
            Code::Missing,
            Code::Exists,
            Code::WrongKind,
            Code::WrongShard,
            Code::NotAllowed,
            Code::NotYours,
            Code::OwnWork,
            Code::WrongState,
            Code::Empty,
            Code::TooLong,
            Code::OutOfRange,
            Code::Conflict,
            Code::Already,
            Code::SwitchedOff,
            Code::CheckInClosed,
            Code::BadCode,
            Code::Closed,
            Code::TooLate,
            Code::TooEarly,
            Code::NotAMember,
            Code::BadAnswer,
            Code::NoAttemptsLeft,
            Code::Unknown,
            Code::TooNew,
            Code::Unreadable,
        ];
        for code in codes {
            let key = format!("error.{}", code.as_str());
            assert_ne!(word(Language::Zh, &key), key, "{code}");
        }
    }

    #[test]
    fn values_that_are_codes_are_put_into_words() {
        let values = BTreeMap::from([("state".to_owned(), "done".to_owned()), ("action".to_owned(), "report".to_owned())]);
        assert_eq!(sentence(Language::En, "error.wrong_state", &values), "This cannot be done any more: it is done already.");
    }
}
