//! Passwords of accounts: argon2id with a salt each, never more than a few being checked at once.

use std::sync::{LazyLock, OnceLock};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

/// Characters a password must have.
pub const PASSWORD_CHARS_MIN: usize = 10;
/// Bytes a password may have: more would only be work for the server.
pub const PASSWORD_BYTES_MAX: usize = 256;
/// Passwords checked at once; each takes [`MEMORY_KIB`] of memory and a core for some ten milliseconds.
const CHECKS_MAX: usize = 4;
// OWASP's first choice for argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;

static CHECKS: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(CHECKS_MAX));

/// Why a password cannot be set.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// Shorter than [`PASSWORD_CHARS_MIN`].
    #[error("a password has at least {PASSWORD_CHARS_MIN} characters")]
    TooShort,
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
    fn a_password_too_short_or_too_long_is_declined() {
        assert!(matches!(hash("123456789"), Err(PasswordError::TooShort)));
        assert!(matches!(hash(&"x".repeat(257)), Err(PasswordError::TooLong)));
    }
}
