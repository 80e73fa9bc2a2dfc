//! Passwords of accounts: argon2id with a salt each, never more than a few being checked at once.

use std::sync::{LazyLock, OnceLock};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

/// Characters a password must have.
pub const PASSWORD_CHARS_MIN: usize = 10;
/// Characters that must be left of it for a guesser: see `weight`.
const WEIGHT_MIN: usize = 7;
/// Bytes a password may have: more would only be work for the server.
pub const PASSWORD_BYTES_MAX: usize = 256;
/// Passwords checked at once; each takes [`MEMORY_KIB`] of memory and a core for some ten milliseconds.
const CHECKS_MAX: usize = 4;
// OWASP's first choice for argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;

/// Words that anybody would try here. Each counts as one character, and so does the account's name; docs/security.md names them.
const WORDS: [&str; 14] = [
    "haitang",
    "海棠",
    "password",
    "passwort",
    "mima",
    "密码",
    "admin",
    "guanliyuan",
    "管理员",
    "shuji",
    "书记",
    "suzhou",
    "苏州",
    "qwertyuiop",
];

static CHECKS: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(CHECKS_MAX));

/// Why a password cannot be set.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// Shorter than [`PASSWORD_CHARS_MIN`].
    #[error("a password has at least {PASSWORD_CHARS_MIN} characters")]
    TooShort,
    /// Little is left of it without what anybody would try first.
    #[error("a password of listed words, its account's name, repeated or counted characters is too easily guessed")]
    Guessable,
    /// Longer than [`PASSWORD_BYTES_MAX`].
    #[error("a password has at most {PASSWORD_BYTES_MAX} bytes")]
    TooLong,
    /// It could not be hashed.
    #[error("the password could not be hashed: {0}")]
    Hash(String),
}

fn hasher() -> Argon2<'static> {
    // These constants lie within argon2's limits; the test below would tell.
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// How many characters there are to guess: a word of the list or the account's name is one, and so is a run of the same
/// character or of characters that count up.
fn weight(name: &str, password: &str) -> usize {
    let name = name.to_lowercase();
    let own = Some(name.as_str()).filter(|name| name.chars().count() > 1);
    let mut left = password.to_lowercase();
    for word in WORDS.into_iter().chain(own) {
        left = left.replace(word, "\0");
    }
    let mut before = None;
    let counts = |c: char| {
        let follows = before.is_some_and(|before: char| c == before || c as u32 == before as u32 + 1);
        before = Some(c);
        !follows
    };
    left.chars().map(counts).filter(|counts| *counts).count()
}

/// Hashes a new password of the account `name`, unless it is easily guessed.
pub fn hash_for(name: &str, password: &str) -> Result<String, PasswordError> {
    let long_enough = password.chars().count() >= PASSWORD_CHARS_MIN;
    if long_enough && weight(name, password) < WEIGHT_MIN {
        return Err(PasswordError::Guessable);
    }
    hash(password)
}

/// Hashes a new password, as a PHC string. Slow on purpose.
pub fn hash(password: &str) -> Result<String, PasswordError> {
    if password.chars().count() < PASSWORD_CHARS_MIN {
        return Err(PasswordError::TooShort);
    }
    if password.len() > PASSWORD_BYTES_MAX {
        return Err(PasswordError::TooLong);
    }
    let made = hasher().hash_password(password.as_bytes()).map_err(|error| PasswordError::Hash(error.to_string()))?;
    Ok(made.to_string())
}

/// Whether `password` is the one of `stored`. Slow on purpose, and as slow where there is no such account (`None`),
/// so that the time it takes does not tell which accounts exist.
pub async fn is_right(password: String, stored: Option<String>) -> bool {
    static NOBODY: OnceLock<String> = OnceLock::new();
    let Ok(_turn) = CHECKS.acquire().await else { return false };
    let check = move || {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| NOBODY.get_or_init(|| hash("nobody's password").unwrap_or_default()).clone());
        let fits = PasswordHash::new(&stored).is_ok_and(|hash| hasher().verify_password(password.as_bytes(), &hash).is_ok());
        fits && known
    };
    tokio::task::spawn_blocking(check).await.unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_right_password_fits_and_no_other() {
        let stored = hash("海棠花开在苏州城里头").expect("hashes");
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(is_right("海棠花开在苏州城里头".into(), Some(stored.clone())).await);
        assert!(!is_right("海棠花开在苏州城里".into(), Some(stored)).await);
        assert!(!is_right("nobody's password".into(), None).await, "an account that does not exist has no password");
        assert!(!is_right("x".into(), Some("not a hash".into())).await);
    }

    #[tokio::test]
    async fn it_takes_as_long_where_there_is_no_such_account() {
        let stored = hash("海棠花开在苏州城里头").expect("hashes");
        // The best of several: what else the machine does can only make one slower.
        let best = async |stored: Option<String>| {
            let mut best = std::time::Duration::MAX;
            for _ in 0..6 {
                let began = std::time::Instant::now();
                assert!(!is_right("a wrong password".into(), stored.clone()).await);
                best = best.min(began.elapsed());
            }
            best
        };
        let (nobody, somebody) = (best(None).await, best(Some(stored)).await);
        assert!(nobody * 3 > somebody && somebody * 3 > nobody, "{nobody:?} and {somebody:?}");
    }

    #[test]
    fn a_password_that_anybody_would_try_is_declined() {
        for guessable in [
            "haitang2026",
            "Haitang-Anna-1",
            "海棠海棠海棠海棠海棠",
            "aaaaaaaaaaaa",
            "1234567890",
            "qwertyuiop",
            "abcdefghij1",
            "password1234",
            "anna.anna.anna",
            "苏州书记密码123456",
        ] {
            assert!(matches!(hash_for("anna", guessable), Err(PasswordError::Guessable)), "{guessable}");
        }
        for good in ["海棠花开在苏州城里头", "a password of Anna's", "correct horse", "kf83-ma02-q"] {
            assert!(hash_for("anna", good).is_ok(), "{good}");
        }
        assert!(matches!(hash_for("anna", "haitang"), Err(PasswordError::TooShort)));
    }

    #[test]
    fn a_password_too_short_or_too_long_is_declined() {
        assert!(matches!(hash("123456789"), Err(PasswordError::TooShort)));
        assert!(matches!(hash(&"x".repeat(257)), Err(PasswordError::TooLong)));
    }
}
