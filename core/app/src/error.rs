//! What can go wrong, as far as whoever called can act on it.

use haitang_domain::Refusal;
use haitang_protocol::version::VERSION_MIN;
use haitang_protocol::{FrameError, Problem, ProblemCode};
use haitang_store::StoreError;

/// What can go wrong in the app. A variant exists only where the person or the shell does something different.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The rules say no.
    #[error("refused: {0}")]
    Refused(#[from] Refusal),
    /// This phone has not been enrolled, or was wiped.
    #[error("this phone is not enrolled")]
    NotEnrolled,
    /// The key does not open the database.
    #[error("the key does not open this phone's database")]
    WrongKey,
    /// The database is damaged. It is kept as it is.
    #[error("the database is damaged: {0}")]
    Corrupt(String),
    /// The phone's disk is full; nothing was changed.
    #[error("the disk is full")]
    DiskFull,
    /// No network, no answer, or one that was cut.
    #[error("the server cannot be reached: {0}")]
    Network(String),
    /// The network answered in the server's place, as a captive portal does.
    #[error("the network wants someone to sign in first")]
    Portal,
    /// Whoever answered could not prove to be the server, and was told nothing.
    #[error("the server cannot be trusted: {0}")]
    Untrusted(String),
    /// The server said no to the request as a whole.
    #[error("{0}")]
    Server(#[source] Problem),
    /// What was given makes no sense. The text says what.
    #[error("{0}")]
    BadInput(String),
    /// A PIN that is none, or that anybody would try first. The text says what: `digits`, `length`, `same` or `run`.
    #[error("a weak PIN: {0}")]
    WeakPin(&'static str),
    /// A fault of our own.
    #[error("internal fault: {0}")]
    Internal(String),
}

impl AppError {
    /// The code that shells translate.
    pub fn code(&self) -> String {
        match self {
            Self::Refused(refusal) => refusal.code.as_str().to_owned(),
            Self::NotEnrolled => "not_enrolled".into(),
            Self::WrongKey => "wrong_key".into(),
            Self::Corrupt(_) => "corrupt".into(),
            Self::DiskFull => "disk_full".into(),
            Self::Network(_) => "network".into(),
            Self::Portal => "portal".into(),
            Self::Untrusted(_) => "bad_certificate".into(),
            Self::Server(problem) => problem.code.as_str(),
            Self::BadInput(_) => "bad_input".into(),
            Self::WeakPin(_) => "weak_pin".into(),
            Self::Internal(_) => "internal".into(),
        }
    }

    /// The codes of its own: those that are neither a refusal's nor a problem's.
    pub(crate) const CODES: &[&str] = &[
        "not_enrolled",
        "wrong_key",
        "corrupt",
        "disk_full",
        "network",
        "portal",
        "bad_certificate",
        "bad_input",
        "weak_pin",
        "internal",
    ];

    /// The problem's code, if the server said no.
    pub fn problem(&self) -> Option<ProblemCode> {
        if let Self::Server(problem) = self { Some(problem.code) } else { None }
    }
}

impl From<Problem> for AppError {
    fn from(problem: Problem) -> Self {
        let version = |name: &str| problem.values.get(name).and_then(|text| text.parse::<u8>().ok());
        let newer = version("theirs").zip(version("newest")).is_some_and(|(ours, newest)| ours > newest);
        if problem.code == ProblemCode::WrongVersion && newer { server_is_older() } else { Self::Server(problem) }
    }
}

/// This app is newer than its server: nobody here can do anything about it but wait until the server is brought up to date.
fn server_is_older() -> AppError {
    AppError::Server(Problem::new(ProblemCode::Unavailable, "the server is older than this app"))
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Refused(refusal) => Self::Refused(refusal),
            // A store is closed for good when the phone was wiped.
            StoreError::NotEnrolled | StoreError::Closed => Self::NotEnrolled,
            StoreError::WrongKey => Self::WrongKey,
            StoreError::Corrupt(text) => Self::Corrupt(text),
            StoreError::DiskFull => Self::DiskFull,
            // What the server would say, found out by the outbox itself.
            StoreError::Diverged => Problem::new(ProblemCode::Diverged, "this phone was restored from an old copy").into(),
            other => Self::Internal(other.to_string()),
        }
    }
}

impl From<reqwest::Error> for AppError {
    fn from(error: reqwest::Error) -> Self {
        let untrusted = is_untrusted(&error);
        // The address may name a person's server and is in every message of reqwest's.
        let mut text = error.without_url().to_string();
        text.truncate(text.char_indices().nth(200).map_or(text.len(), |(at, _)| at));
        if untrusted { Self::Untrusted(text) } else { Self::Network(text) }
    }
}

/// Whether the connection failed because of the other side's certificate.
fn is_untrusted(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        // An `io::Error` hands on its own cause, and not what it holds.
        let held = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        if let Some(held) = held
            && is_untrusted(held)
        {
            return true;
        }
        if matches!(
            error.downcast_ref::<rustls::Error>(),
            Some(rustls::Error::InvalidCertificate(_) | rustls::Error::NoCertificatesPresented)
        ) {
            return true;
        }
        cause = error.source();
    }
    false
}

impl From<FrameError> for AppError {
    fn from(error: FrameError) -> Self {
        match error {
            FrameError::NotAFrame => Self::Portal,
            FrameError::Truncated => Self::Network("the answer was cut off".into()),
            FrameError::WrongVersion { theirs } if theirs < VERSION_MIN => server_is_older(),
            FrameError::WrongVersion { .. } => Self::Server(Problem::new(ProblemCode::WrongVersion, error.to_string())),
            other => Self::Internal(other.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_an_error_is_among_the_names() {
        let text = String::new;
        let all = [
            AppError::Refused(haitang_domain::Code::NoAttemptsLeft.into()),
            AppError::NotEnrolled,
            AppError::WrongKey,
            AppError::Corrupt(text()),
            AppError::DiskFull,
            AppError::Network(text()),
            AppError::Portal,
            AppError::Untrusted(text()),
            AppError::Server(Problem::new(ProblemCode::EpochChanged, "")),
            AppError::BadInput(text()),
            AppError::WeakPin("run"),
            AppError::Internal(text()),
        ];
        let names = crate::names::error_codes();
        for error in &all {
            assert!(names.contains(&error.code()), "{}", error.code());
            // A new variant does not compile until it has a line here, and one above.
            match error {
                AppError::Refused(_) | AppError::Server(_) => assert!(!AppError::CODES.contains(&error.code().as_str())),
                AppError::NotEnrolled
                | AppError::WrongKey
                | AppError::Corrupt(_)
                | AppError::DiskFull
                | AppError::Network(_)
                | AppError::Portal
                | AppError::Untrusted(_)
                | AppError::BadInput(_)
                | AppError::WeakPin(_)
                | AppError::Internal(_) => assert!(AppError::CODES.contains(&error.code().as_str())),
            }
        }
        assert!(names.is_sorted() && names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
        assert!(names.iter().all(|name| !name.is_empty() && !name.contains(char::is_uppercase)), "{names:?}");
    }

    #[test]
    fn only_the_older_side_is_told_to_update() {
        let said = |theirs: u8, oldest: u8, newest: u8| {
            let problem = Problem::new(ProblemCode::WrongVersion, "").with("theirs", theirs);
            AppError::from(problem.with("oldest", oldest).with("newest", newest)).problem()
        };
        assert_eq!(said(1, 2, 3), Some(ProblemCode::WrongVersion), "this app is older");
        assert_eq!(said(4, 2, 3), Some(ProblemCode::Unavailable), "the server is");
        assert_eq!(AppError::from(FrameError::WrongVersion { theirs: 200 }).problem(), Some(ProblemCode::WrongVersion));
        assert_eq!(
            AppError::from(FrameError::WrongVersion { theirs: VERSION_MIN - 1 }).problem(),
            Some(ProblemCode::Unavailable)
        );
    }
}
