//! One-time codes: short enough to read aloud, without look-alikes, worthless once used.

use haitang_domain::{Id, Timestamp};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Digits and letters that nobody takes for one another: no 0 O, 1 I L, U V, 2 Z, 5 S, 8 B.
const ALPHABET: &[u8; 24] = b"34679ACDEFGHJKMNPQRTVWXY";
/// Characters of a code: 24^10 is nearly 46 bits, which rate limits and a week's life make plenty.
const LENGTH: usize = 10;
const GROUP: usize = 5;

/// A new code, in groups.
pub fn new() -> Result<String, getrandom::Error> {
    let mut code = String::with_capacity(LENGTH + 1);
    let mut byte = [0];
    while code.len() < LENGTH + LENGTH / GROUP - 1 {
        getrandom::fill(&mut byte)?;
        // The largest multiple of 24 in a byte: what is above it would favour some characters.
        if byte[0] >= 240 {
            continue;
        }
        if code.len() == GROUP {
            code.push('-');
        }
        code.push(char::from(ALPHABET[usize::from(byte[0]) % ALPHABET.len()]));
    }
    Ok(code)
}

/// What is stored and looked up in place of the code: useless without the server's secret. Case, spaces and hyphens do not matter.
pub fn hash(code: &str, secret: &[u8; 32]) -> [u8; 32] {
    let plain: String =
        code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).take(4 * LENGTH).collect();
    let mut mac = hmac(secret);
    mac.update(b"haitang enrolment code 1\0");
    mac.update(plain.as_bytes());
    mac.finalize().into_bytes().into()
}

/// HMAC-SHA-256 with a secret of 32 bytes.
pub(super) fn hmac(secret: &[u8; 32]) -> Hmac<Sha256> {
    // HMAC fills a short key up to a block with zeros; done here, it needs no error that could not occur.
    let mut block = [0; 64];
    block[..32].copy_from_slice(secret);
    Hmac::new(&block.into())
}

/// A new id at `now`.
pub fn new_id(now: Timestamp) -> Result<Id, getrandom::Error> {
    let mut random = [0; 10];
    getrandom::fill(&mut random)?;
    Ok(Id::new(now, random))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_can_be_read_aloud_and_typed_any_way() {
        let code = new().expect("random");
        assert_eq!(code.len(), 11, "{code}");
        assert_eq!(code.chars().nth(5), Some('-'), "{code}");
        assert!(!code.contains(['0', 'O', '1', 'I', 'L', '2', 'Z', '5', 'S', '8', 'B', 'U']), "{code}");
        let typed = format!(" {} ", code.to_lowercase().replace('-', " "));
        assert_eq!(hash(&code, &[1; 32]), hash(&typed, &[1; 32]));
        assert_ne!(hash(&code, &[1; 32]), hash(&code, &[2; 32]), "a leaked table is useless without the secret");
        assert_ne!(code, new().expect("random"));
    }
}
