CREATE TABLE shard (
    no INTEGER PRIMARY KEY,
    shard BLOB NOT NULL UNIQUE,       -- id of the county, or of an org above the counties
    version INTEGER NOT NULL,         -- of the last change
    log_no INTEGER NOT NULL,          -- of the last entry of the log
    log_hash BLOB NOT NULL            -- hash of that entry
) STRICT;
CREATE TABLE record (
    no INTEGER PRIMARY KEY,
    shard INTEGER NOT NULL REFERENCES shard,
    kind INTEGER NOT NULL,
    version INTEGER NOT NULL,         -- of its last change
    id BLOB NOT NULL,
    owner BLOB,                       -- appointment: its member; log: its org; check-in: its activity
    moment INTEGER,                   -- log: when it was held, in milliseconds
    body TEXT NOT NULL                -- JSON, as decide made it and as it is sent
) STRICT;
CREATE UNIQUE INDEX record_key ON record (id, kind);
CREATE INDEX record_owner ON record (kind, owner, moment) WHERE owner IS NOT NULL;
CREATE TABLE feed (
    no INTEGER PRIMARY KEY,
    feed BLOB NOT NULL,               -- scope and id
    shard INTEGER NOT NULL REFERENCES shard,
    UNIQUE (feed, shard)
) STRICT;
CREATE TABLE entry (
    feed INTEGER NOT NULL REFERENCES feed,
    version INTEGER NOT NULL,
    record INTEGER NOT NULL REFERENCES record,
    present INTEGER NOT NULL,         -- 0 where the record has left the feed
    PRIMARY KEY (feed, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_gone ON entry (record, feed) WHERE present = 0;
CREATE TABLE chain (
    no INTEGER PRIMARY KEY,
    shard INTEGER NOT NULL REFERENCES shard,
    device BLOB NOT NULL,
    seq INTEGER NOT NULL,             -- of its last command
    hash BLOB NOT NULL, floor INTEGER NOT NULL DEFAULT 0,               -- the link of its chain after that
    UNIQUE (device, shard)
) STRICT;
CREATE TABLE log (
    key INTEGER PRIMARY KEY,          -- shard.no << 40 | number of the entry in its shard, from 1
    chain INTEGER NOT NULL REFERENCES chain,
    seq INTEGER NOT NULL,             -- the device's number of the command
    version INTEGER NOT NULL,         -- the shard's version after it
    received INTEGER NOT NULL,        -- by the server's clock, in milliseconds
    mono_ms INTEGER NOT NULL,         -- the device's monotonic clock at the push
    boot BLOB NOT NULL,               -- the boot that clock belongs to
    signature BLOB,                   -- the device's word, on the last command of a batch
    refusal TEXT,                     -- JSON, where it was refused
    hash BLOB NOT NULL,               -- SHA-256 over the hash before and all of the above
    envelope BLOB NOT NULL            -- as it was signed
) STRICT;
CREATE UNIQUE INDEX log_command ON log (chain, seq);
CREATE TRIGGER log_is_not_rewritten BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'the log is only appended to'); END;
CREATE TRIGGER log_is_not_shortened BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'the log is only appended to'); END;
CREATE TABLE device (
    id BLOB PRIMARY KEY,
    member BLOB NOT NULL,
    public_key BLOB NOT NULL,         -- Ed25519
    name TEXT NOT NULL,
    enrolled INTEGER NOT NULL,
    revoked INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX device_member ON device (member);
CREATE TABLE enrol_code (
    hash BLOB PRIMARY KEY,            -- of the code, which is kept nowhere
    member BLOB NOT NULL,
    asked_by BLOB,
    made INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    used INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE account (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    member BLOB NOT NULL,
    password_hash TEXT NOT NULL,      -- argon2id
    made INTEGER NOT NULL,
    closed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE file (
    sha256 BLOB PRIMARY KEY,
    bytes INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    device BLOB NOT NULL,
    arrived INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE upload (
    id BLOB PRIMARY KEY,
    device BLOB NOT NULL,
    sha256 BLOB NOT NULL,
    bytes INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    name TEXT NOT NULL,
    expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX upload_device ON upload (device, expires);
CREATE INDEX upload_expires ON upload (expires);
CREATE TABLE secret (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
