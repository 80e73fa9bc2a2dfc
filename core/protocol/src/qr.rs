//! The QR code by which a phone is enrolled: where the server is, and the one-time code.

/// What every enrolment code begins with.
pub const PREFIX: &str = "HTE1:";

/// What a new phone needs to know.
#[derive(Clone, PartialEq, Eq)]
pub struct EnrolCode {
    /// The server's address, such as `https://haitang.example`.
    pub server: String,
    /// The one-time code.
    pub code: String,
}

/// Shown without the code.
impl std::fmt::Debug for EnrolCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EnrolCode").field("server", &self.server).finish_non_exhaustive()
    }
}

impl EnrolCode {
    /// The text inside the QR code.
    pub fn to_text(&self) -> String {
        format!("{PREFIX}{}#{}", self.server, self.code)
    }

    /// Reads what was scanned; `None` where it is no enrolment code.
    pub fn parse(text: &str) -> Option<Self> {
        let (server, code) = text.trim().strip_prefix(PREFIX)?.rsplit_once('#')?;
        let web = server.starts_with("https://") || server.starts_with("http://");
        (web && !code.is_empty()).then(|| Self { server: server.to_owned(), code: code.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_back_and_other_codes_are_declined() {
        let code = EnrolCode { server: "https://haitang.example/a".into(), code: "7K3M-92QX".into() };
        assert_eq!(EnrolCode::parse(&code.to_text()), Some(code));
        for other in ["", "HT1:abc", "HTE1:ftp://x#y", "HTE1:https://x", "https://x#y"] {
            assert_eq!(EnrolCode::parse(other), None, "{other}");
        }
    }
}
