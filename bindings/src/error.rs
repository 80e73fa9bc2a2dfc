//! What can go wrong, as shells see it.

use std::collections::HashMap;

use haitang_app::AppError;

/// What goes with every error.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ErrorParts {
    /// What shells translate, such as `wrong_state`; never changes.
    pub code: String,
    /// What the translated sentence needs, such as `state` and `action`.
    pub values: HashMap<String, String>,
    /// For a log, in English. Not for a person's eyes.
    pub detail: String,
}

macro_rules! core_error {
    ($($(#[$meta:meta])* $variant:ident,)*) => {
        /// What can go wrong. A variant exists where the shell does something different; all have the same fields, which
        /// [`CoreError::parts`] gives without asking for the variant.
        #[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, uniffi::Error)]
        pub enum CoreError {
            $(
                $(#[$meta])*
                #[error("{detail}")]
                $variant {
                    /// What shells translate, such as `wrong_state`; never changes.
                    code: String,
                    /// What the translated sentence needs, such as `state` and `action`.
                    values: HashMap<String, String>,
                    /// For a log, in English. Not for a person's eyes.
                    detail: String,
                },
            )*
        }

        #[uniffi::export]
        impl CoreError {
            /// Code, values and detail, whatever the variant.
            pub fn parts(&self) -> ErrorParts {
                match self {
                    $(Self::$variant { code, values, detail })|* => {
                        ErrorParts { code: code.clone(), values: values.clone(), detail: detail.clone() }
                    }
                }
            }
        }
    };
}

core_error! {
    /// The rules say no: show why.
    Refused,
    /// This phone has not been enrolled, or was wiped: show the enrolment screen.
    NotEnrolled,
    /// The key does not open the database: ask the keystore again.
    WrongKey,
    /// The database is damaged. It is kept as it is: offer help.
    Corrupt,
    /// The disk is full, and nothing was changed: ask for room.
    DiskFull,
    /// No network, no answer, one that was cut, or a server that could not prove who it is (`bad_certificate`): try later.
    Network,
    /// The network wants someone to sign in first: open its page.
    Portal,
    /// The server said no to the request as a whole.
    Server,
    /// What was given makes no sense, or is too weak a PIN (`weak_pin`, with the `reason`: `digits`, `length`, `same` or `run`).
    BadInput,
    /// A fault of our own.
    Internal,
}

impl From<AppError> for CoreError {
    fn from(error: AppError) -> Self {
        let (code, detail) = (error.code(), error.to_string());
        let none = HashMap::new();
        match error {
            AppError::Refused(refusal) => Self::Refused { code, values: refusal.values.into_iter().collect(), detail },
            AppError::Server(problem) => Self::Server { code, values: problem.values.into_iter().collect(), detail },
            AppError::NotEnrolled => Self::NotEnrolled { code, values: none, detail },
            AppError::WrongKey => Self::WrongKey { code, values: none, detail },
            AppError::Corrupt(_) => Self::Corrupt { code, values: none, detail },
            AppError::DiskFull => Self::DiskFull { code, values: none, detail },
            AppError::Network(_) | AppError::Untrusted(_) => Self::Network { code, values: none, detail },
            AppError::Portal => Self::Portal { code, values: none, detail },
            AppError::BadInput(_) => Self::BadInput { code, values: none, detail },
            AppError::WeakPin(why) => {
                Self::BadInput { code, values: HashMap::from([("reason".to_owned(), why.to_owned())]), detail }
            }
            AppError::Internal(_) => Self::Internal { code, values: none, detail },
        }
    }
}

/// That something which was given cannot be read.
pub(crate) fn bad_input(what: &str, given: &str) -> CoreError {
    // What was given may be anything and of any length.
    let shown: String = given.chars().take(60).collect();
    AppError::BadInput(format!("not {what}: {shown}")).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use haitang_app::domain::{Code, Refusal};

    #[test]
    fn a_refusal_keeps_its_code_and_values() {
        let refusal = Refusal::new(Code::WrongState).with("state", "done").with("action", "report");
        let error = CoreError::from(AppError::from(refusal));
        assert!(matches!(error, CoreError::Refused { .. }));
        let parts = error.parts();
        assert_eq!(
            (parts.code.as_str(), parts.values["state"].as_str(), parts.values["action"].as_str()),
            ("wrong_state", "done", "report")
        );
    }

    #[test]
    fn a_weak_pin_says_what_is_weak_about_it() {
        let parts = CoreError::from(AppError::WeakPin("run")).parts();
        assert_eq!((parts.code.as_str(), parts.values["reason"].as_str()), ("weak_pin", "run"));
        let names = crate::error_codes();
        assert!(names.contains(&parts.code) && names.len() > 45, "{names:?}");
        assert!(crate::command_names().contains(&"directory.note_look".to_owned()));
        assert!(crate::kind_names().contains(&"consent".to_owned()));
    }

    #[test]
    fn what_cannot_be_read_is_shown_in_part() {
        let parts = bad_input("an id", &"长".repeat(10_000)).parts();
        assert_eq!(parts.code, "bad_input");
        assert!(parts.detail.chars().count() < 100, "{}", parts.detail);
    }
}
