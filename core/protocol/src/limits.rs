//! A limit on everything that travels.

/// Bytes of a frame before compression. A page holds at least one body, and a body is far smaller.
pub const FRAME_RAW_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Bytes of a frame as it travels.
pub const FRAME_PACKED_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Commands in one push.
pub const PUSH_COMMANDS_MAX: usize = 1_000;
/// Bytes of one command's envelope.
pub const ENVELOPE_BYTES_MAX: usize = 300 * 1024;
/// Bytes of the commands of one push before compression.
pub const PUSH_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Feeds one device may read.
pub const FEEDS_MAX: usize = 1_000;
/// Body bytes in one page of a pull; a page ends with the record that reaches it.
pub const PAGE_BYTES: usize = 1024 * 1024;
/// Records in one page of a pull.
pub const PAGE_RECORDS_MAX: usize = 8_192;
/// Body bytes after which a pull ends with "more".
pub const PULL_BYTES: usize = 64 * 1024 * 1024;
/// Bytes of a JSON request.
pub const JSON_BYTES_MAX: usize = 64 * 1024;
/// How long an access token lasts, in milliseconds.
pub const ACCESS_TOKEN_MS: i64 = 15 * 60 * 1_000;
/// How long a challenge can be answered, in milliseconds.
pub const CHALLENGE_MS: i64 = 60 * 1_000;
/// How long a one-time code can be used, in milliseconds.
pub const ENROL_CODE_MS: i64 = 7 * 24 * 60 * 60 * 1_000;
