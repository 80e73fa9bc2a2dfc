//! A problem of each code, with the values that go with it.

use haitang_protocol::{Problem, ProblemCode};

/// A problem of a code. The match has no last arm for the rest: a new code does not compile until it has one.
pub fn of(code: ProblemCode) -> Problem {
    let hash = "11".repeat(32);
    let problem = |detail: &str| Problem::new(code, detail);
    match code {
        ProblemCode::BadFrame => problem("not a frame"),
        ProblemCode::WrongVersion => {
            problem("protocol version 9 is not between 1 and 1").with("theirs", 9).with("oldest", 1).with("newest", 1)
        }
        ProblemCode::TooLarge => problem("larger than allowed").with("limit", 1_000),
        ProblemCode::BadRequest => problem("the JSON cannot be read at line 1 column 2"),
        ProblemCode::Unauthorized => problem("the token was not issued here"),
        ProblemCode::TokenExpired => problem("the token has ended"),
        ProblemCode::Revoked => problem("revoked: what it holds must be wiped"),
        ProblemCode::NotYourDevice => problem("the token belongs to another device"),
        ProblemCode::BadCode => problem("the code is unknown, used or too old"),
        ProblemCode::BadSignature => problem("the commands are not signed with this device's key"),
        ProblemCode::Gap => problem("commands are missing before these").with("seq", 4).with("hash", hash),
        ProblemCode::Diverged => problem("the server has other commands under these numbers").with("seq", 4).with("hash", hash),
        ProblemCode::EpochChanged => problem("the server was set back since: pull first"),
        ProblemCode::NoSuchShard => problem("there is no such shard"),
        ProblemCode::Forbidden => problem("only an enrolled device may do this"),
        ProblemCode::NotFound => problem("there is no such upload"),
        ProblemCode::HashMismatch => problem("the bytes do not have the hash they were announced with; they were discarded"),
        ProblemCode::WrongOffset => problem("the upload stands elsewhere").with("offset", 1_024),
        ProblemCode::RateLimited => problem("too many requests").with("after_s", 31),
        ProblemCode::StorageFull => problem("the server's disk is nearly full"),
        ProblemCode::Unavailable => problem("too much is waiting; try again").with("after_s", 5),
        ProblemCode::Internal => problem("a fault of the server's own").with("request", "0199-7f"),
    }
}

/// The names of all codes, as the code itself lists them when it is asked for one that there is not.
pub fn names() -> Vec<String> {
    let error = serde_json::from_str::<ProblemCode>("\"\"").map_or_else(|error| error.to_string(), ProblemCode::as_str);
    error.split('`').skip(1).step_by(2).filter(|name| !name.is_empty()).map(ToOwned::to_owned).collect()
}
