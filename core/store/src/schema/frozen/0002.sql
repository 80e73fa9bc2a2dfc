CREATE TABLE shard (
    no INTEGER PRIMARY KEY,   -- short stand-in for the id, so that records stay small
    id BLOB NOT NULL UNIQUE
);
CREATE TABLE record (
    no INTEGER PRIMARY KEY,   -- short stand-in for (kind, id); never used twice, see next_no.sql
    kind INTEGER NOT NULL,    -- haitang_domain::Kind, or a number of a newer version
    id BLOB NOT NULL,
    shard INTEGER NOT NULL,   -- where it lives; no foreign key, a check per row would cost a tenth of the first sync
    version INTEGER NOT NULL, -- of the confirmed body in its shard; 0 where the server has told of none, below 0 where it did before its epoch changed
    body TEXT NOT NULL,       -- JSON: what screens read, the confirmed body with pending commands applied
    base TEXT                 -- JSON: the confirmed body, only while a pending command has written the record; '' where there is none
);
CREATE TABLE feed (
    no INTEGER PRIMARY KEY,   -- short stand-in for (shard, feed)
    shard INTEGER NOT NULL REFERENCES shard(no),
    feed BLOB NOT NULL,       -- 17 bytes: haitang_domain::Feed
    cursor INTEGER NOT NULL,  -- everything up to this version of the shard is stored
    waiting INTEGER NOT NULL, -- changes still to come, as the server last said, for showing progress
    UNIQUE (shard, feed)
);
CREATE TABLE membership (
    record INTEGER NOT NULL,  -- no foreign key: see record.shard
    feed INTEGER NOT NULL,
    PRIMARY KEY (record, feed)
) WITHOUT ROWID;
CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY,      -- the device's number for the command
    shard INTEGER NOT NULL REFERENCES shard(no),
    envelope BLOB NOT NULL,       -- as signed and sent
    hash BLOB NOT NULL,           -- link of the chain after it
    kind INTEGER NOT NULL,        -- the record it is addressed to
    id BLOB NOT NULL,
    earliest INTEGER NOT NULL,    -- the interval in which it was made, as the phone knew it, in milliseconds
    latest INTEGER NOT NULL,
    version INTEGER,              -- of the shard after it, once accepted; NULL while it waits
    touched BLOB NOT NULL,        -- the records it read and wrote when last judged here, 18 bytes each: wrote, kind, id
    doubt TEXT,                   -- JSON of the refusal that the phone's own judgement now gives
    feed_lost INTEGER NOT NULL DEFAULT 0, -- it was made in a feed that this device no longer reads
    refused_before INTEGER NOT NULL DEFAULT 0 -- sent again after it had been refused and the person had seen that
);
CREATE TABLE refused (
    seq INTEGER PRIMARY KEY,
    shard INTEGER NOT NULL REFERENCES shard(no),
    envelope BLOB NOT NULL,
    kind INTEGER NOT NULL,
    id BLOB NOT NULL,
    earliest INTEGER NOT NULL,
    latest INTEGER NOT NULL,
    refusal TEXT NOT NULL,        -- JSON
    feed_lost INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE sent (
    seq INTEGER PRIMARY KEY,
    shard INTEGER NOT NULL REFERENCES shard(no),
    envelope BLOB NOT NULL,
    hash BLOB NOT NULL,
    kind INTEGER NOT NULL,
    id BLOB NOT NULL,
    earliest INTEGER NOT NULL,
    latest INTEGER NOT NULL,
    was_refused INTEGER NOT NULL
);
CREATE TABLE chain (
    shard INTEGER PRIMARY KEY REFERENCES shard(no),
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL            -- link of the chain after it
);
CREATE TABLE identity (
    no INTEGER PRIMARY KEY CHECK (no = 1),
    device BLOB NOT NULL,
    member BLOB NOT NULL,
    name TEXT NOT NULL,
    server TEXT NOT NULL,         -- its address
    server_key BLOB NOT NULL,     -- the server's Ed25519 public key
    certificate BLOB NOT NULL,    -- the server's signature over device, member and the device's public key
    signing_key BLOB NOT NULL     -- the device's Ed25519 secret; this file is encrypted
);
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE time_token (
    no INTEGER PRIMARY KEY CHECK (no = 1),
    issued INTEGER NOT NULL,
    boot BLOB NOT NULL,
    mono_ms INTEGER NOT NULL,
    mac BLOB NOT NULL
);
CREATE TABLE progress (
    no INTEGER PRIMARY KEY CHECK (no = 1),
    epoch BLOB,                   -- the server's, to which versions and cursors belong
    sweep INTEGER NOT NULL,       -- the epoch changed: what the next whole pull does not bring again, goes
    synced INTEGER NOT NULL,      -- a pull was whole at least once
    indexed INTEGER NOT NULL      -- records up to this number are in search, but for those in stale
);
CREATE TABLE file (
    sha256 BLOB PRIMARY KEY,
    bytes INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    name TEXT NOT NULL,
    path TEXT,                    -- where its bytes are; NULL where a command names a file that was never handed over
    needed_by INTEGER,            -- the last command that names it; NULL for one that nothing names (yet), which is not sent
    upload_url TEXT,              -- where the server takes it, once it was announced
    sent INTEGER NOT NULL DEFAULT 0, -- bytes the server has
    done INTEGER NOT NULL DEFAULT 0,
    failure TEXT                  -- why the server will not have it
) WITHOUT ROWID;
CREATE VIRTUAL TABLE search USING fts5(
    kind,                         -- k<number>
    word,                         -- bigrams of Chinese, whole words and numbers of anything else
    pinyin,                       -- readings of the names of members and orgs
    content = '', contentless_delete = 1, detail = column, tokenize = 'ascii'
);
CREATE TABLE stale (
    record INTEGER PRIMARY KEY
);
CREATE TABLE draft (
    no INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,     -- which text it is, as the shell names it
    text TEXT NOT NULL,
    saved INTEGER NOT NULL        -- milliseconds, by the phone's best guess at the time
);
CREATE UNIQUE INDEX record_key ON record(id, kind);
CREATE INDEX org_parent ON record(body ->> '$.parent', body ->> '$.name') WHERE kind = 1;
CREATE INDEX member_org ON record(body ->> '$.org', body ->> '$.name') WHERE kind = 2;
CREATE INDEX appointment_member ON record(body ->> '$.member') WHERE kind = 3;
CREATE INDEX appointment_org ON record(body ->> '$.org') WHERE kind = 3;
CREATE INDEX transfer_receiver ON record(body ->> '$.to', body ->> '$.state') WHERE kind = 4;
CREATE INDEX template_name ON record(body ->> '$.name') WHERE kind = 10;
CREATE INDEX activity_org ON record(body ->> '$.org', body ->> '$.starts') WHERE kind = 11;
CREATE INDEX check_in_activity ON record(body ->> '$.activity') WHERE kind = 12;
CREATE INDEX log_org ON record(body ->> '$.org', body ->> '$.state', body ->> '$.content.held') WHERE kind = 13;
CREATE INDEX log_author ON record(body ->> '$.author', body ->> '$.content.held') WHERE kind = 13;
CREATE INDEX log_waits ON record(body ->> '$.waits_for', body ->> '$.content.held') WHERE kind = 13 AND body ->> '$.state' = 'submitted';
CREATE INDEX notice_effective ON record(body ->> '$.effective') WHERE kind = 20;
CREATE INDEX receipt_notice ON record(body ->> '$.notice', body ->> '$.member') WHERE kind = 21;
CREATE INDEX study_starts ON record(body ->> '$.from') WHERE kind = 22;
CREATE INDEX learning_study ON record(body ->> '$.study', body ->> '$.member') WHERE kind = 23;
CREATE INDEX review_due ON record(body ->> '$.member', body ->> '$.due') WHERE kind = 24;
CREATE INDEX paper_opens ON record(body ->> '$.opens') WHERE kind = 30;
CREATE INDEX attempt_paper ON record(body ->> '$.paper', body ->> '$.member', body ->> '$.number') WHERE kind = 32;
CREATE INDEX grid_org ON record(body ->> '$.org', body ->> '$.name') WHERE kind = 40;
CREATE INDEX household_grid ON record(body ->> '$.grid', body ->> '$.address') WHERE kind = 41;
CREATE INDEX task_assignee ON record(body ->> '$.assignee', body ->> '$.due')
    WHERE kind = 42 AND body ->> '$.state' IN ('open', 'accepted', 'handed_over');
CREATE INDEX task_grid ON record(body ->> '$.grid', body ->> '$.assignee', body ->> '$.due')
    WHERE kind = 42 AND body ->> '$.state' IN ('open', 'accepted', 'handed_over');
CREATE INDEX task_offered ON record(body ->> '$.offered_to', body ->> '$.due') WHERE kind = 42 AND body ->> '$.state' = 'handed_over';
CREATE INDEX routine_grid ON record(body ->> '$.grid', body ->> '$.title') WHERE kind = 43;
CREATE INDEX shift_worker ON record(body ->> '$.worker', body ->> '$.starts') WHERE kind = 44;
CREATE INDEX shift_offered ON record(body ->> '$.handover_to', body ->> '$.starts')
    WHERE kind = 44 AND body ->> '$.state' IN ('offered', 'handed_over');
CREATE INDEX shift_grid ON record(body ->> '$.grid', body ->> '$.starts') WHERE kind = 44;
CREATE INDEX report_task ON record(body ->> '$.task') WHERE kind = 45;
CREATE INDEX task_household ON record(body ->> '$.household', body ->> '$.due')
    WHERE kind = 42 AND body ->> '$.household' IS NOT NULL;
CREATE INDEX log_activity ON record(body ->> '$.content.activity')
    WHERE kind = 13 AND body ->> '$.content.activity' IS NOT NULL;
CREATE INDEX look_subject ON record(body ->> '$.subject', body ->> '$.at') WHERE kind = 5;
CREATE INDEX record_files ON record(kind) WHERE kind IN (13, 20, 45) AND instr(body, '"sha256":') > 0;
CREATE VIEW org AS
    SELECT no, id, version, base IS NOT NULL AS pending, body, body ->> '$.parent' AS parent, body ->> '$.name' AS name,
        body ->> '$.kind' AS sort
    FROM record WHERE kind = 1;
CREATE VIEW member AS
    SELECT no, id, version, base IS NOT NULL AS pending, body, body ->> '$.org' AS org, body ->> '$.name' AS name,
        body ->> '$.closed' AS closed
    FROM record WHERE kind = 2;
CREATE VIEW appointment AS
    SELECT no, id, version, base IS NOT NULL AS pending, body, body ->> '$.member' AS member, body ->> '$.org' AS org
    FROM record WHERE kind = 3;
CREATE VIEW transfer AS
    SELECT no, id, version, base IS NOT NULL AS pending, body, body ->> '$.to' AS receiver, body ->> '$.from' AS sender,
        body ->> '$.state' AS state, body ->> '$.requested' AS requested
    FROM record WHERE kind = 4;
CREATE VIEW template AS
    SELECT no, id, version, base IS NOT NULL AS pending, body, body ->> '$.name' AS name, body ->> '$.kind' AS sort,
        body ->> '$.retired' AS retired
    FROM record WHERE kind = 10;
CREATE VIEW activity AS
    SELECT no, id, version, base IS NOT NULL AS pending, body, body ->> '$.org' AS org, body ->> '$.starts' AS starts,
        body ->> '$.ends' AS ends, body ->> '$.state' AS state
    FROM record WHERE kind = 11;
CREATE VIEW check_in AS
    SELECT no, id, version, base IS NOT NULL AS pending, body, body ->> '$.activity' AS activity, body ->> '$.member' AS member
    FROM record WHERE kind = 12;
CREATE VIEW log AS
    SELECT no, id, version, base IS NOT NULL AS pending, body, body ->> '$.org' AS org, body ->> '$.author' AS author,
        body ->> '$.state' AS state, body ->> '$.content.held' AS held
    FROM record WHERE kind = 13;
CREATE VIEW waiting_log AS
    SELECT no, id, version, base IS NOT NULL AS pending, body, body ->> '$.waits_for' AS waits_for, body ->> '$.content.held' AS held
    FROM record WHERE kind = 13 AND body ->> '$.state' = 'submitted';
CREATE VIEW notice AS
    SELECT lower(format('%s-%s-%s-%s-%s', substr(hex(id), 1, 8), substr(hex(id), 9, 4), substr(hex(id), 13, 4), substr(hex(id), 17, 4), substr(hex(id), 21))) AS uuid,
        no, id, version, base IS NOT NULL AS pending, body, body ->> '$.effective' AS effective, body ->> '$.until' AS until,
        body ->> '$.state' AS state, body ->> '$.org' AS org, body ->> '$.published' AS published
    FROM record WHERE kind = 20;
CREATE VIEW receipt AS
    SELECT no, id, version, base IS NOT NULL AS pending, body, body ->> '$.notice' AS notice, body ->> '$.member' AS member,
        body ->> '$.confirmed' AS confirmed
    FROM record WHERE kind = 21;
CREATE VIEW study AS
    SELECT lower(format('%s-%s-%s-%s-%s', substr(hex(id), 1, 8), substr(hex(id), 9, 4), substr(hex(id), 13, 4), substr(hex(id), 17, 4), substr(hex(id), 21))) AS uuid,
        no, id, version, base IS NOT NULL AS pending, body, body ->> '$.from' AS starts, body ->> '$.until' AS until,
        body ->> '$.state' AS state
    FROM record WHERE kind = 22;
CREATE VIEW learning AS
    SELECT no, id, version, base IS NOT NULL AS pending, body, body ->> '$.study' AS study, body ->> '$.member' AS member,
        body ->> '$.finished' AS finished
    FROM record WHERE kind = 23;
CREATE VIEW review AS
    SELECT no, id, version, base IS NOT NULL AS pending, body, body ->> '$.member' AS member, body ->> '$.due' AS due
    FROM record WHERE kind = 24;
CREATE VIEW paper AS
    SELECT lower(format('%s-%s-%s-%s-%s', substr(hex(id), 1, 8), substr(hex(id), 9, 4), substr(hex(id), 13, 4), substr(hex(id), 17, 4), substr(hex(id), 21))) AS uuid,
        no, id, version, base IS NOT NULL AS pending, body, body ->> '$.opens' AS opens, body ->> '$.closes' AS closes,
        body ->> '$.state' AS state
    FROM record WHERE kind = 30;
CREATE VIEW attempt AS
    SELECT no, id, version, base IS NOT NULL AS pending, body, body ->> '$.paper' AS paper, body ->> '$.member' AS member,
        body ->> '$.number' AS number
    FROM record WHERE kind = 32;
CREATE VIEW grid AS
    SELECT no, id, version, base IS NOT NULL AS pending, body, body ->> '$.org' AS org, body ->> '$.name' AS name
    FROM record WHERE kind = 40;
CREATE VIEW household AS
    SELECT no, id, version, base IS NOT NULL AS pending, body, body ->> '$.grid' AS grid, body ->> '$.address' AS address,
        body ->> '$.building' AS building, body ->> '$.unit' AS unit, body ->> '$.door' AS door
    FROM record WHERE kind = 41;
CREATE VIEW open_task AS
    SELECT no, id, version, base IS NOT NULL AS pending, body, body ->> '$.grid' AS grid, body ->> '$.assignee' AS assignee,
        body ->> '$.due' AS due
    FROM record WHERE kind = 42 AND body ->> '$.state' IN ('open', 'accepted', 'handed_over');
CREATE VIEW offered_task AS
    SELECT no, id, version, base IS NOT NULL AS pending, body, body ->> '$.offered_to' AS offered_to, body ->> '$.due' AS due
    FROM record WHERE kind = 42 AND body ->> '$.state' = 'handed_over';
CREATE VIEW routine AS
    SELECT no, id, version, base IS NOT NULL AS pending, body, body ->> '$.grid' AS grid, body ->> '$.state' AS state,
        body ->> '$.title' AS title
    FROM record WHERE kind = 43;
CREATE VIEW shift AS
    SELECT no, id, version, base IS NOT NULL AS pending, body, body ->> '$.grid' AS grid, body ->> '$.worker' AS worker,
        body ->> '$.starts' AS starts, body ->> '$.ends' AS ends, body ->> '$.state' AS state
    FROM record WHERE kind = 44;
CREATE VIEW offered_shift AS
    SELECT no, id, version, base IS NOT NULL AS pending, body, body ->> '$.handover_to' AS handover_to, body ->> '$.starts' AS starts
    FROM record WHERE kind = 44 AND body ->> '$.state' IN ('offered', 'handed_over');
CREATE VIEW report AS
    SELECT no, id, version, base IS NOT NULL AS pending, body, body ->> '$.task' AS task, body ->> '$.grid' AS grid,
        body ->> '$.made.latest' AS made
    FROM record WHERE kind = 45;
CREATE VIEW household_task AS
    SELECT no, id, version, base IS NOT NULL AS pending, body, body ->> '$.household' AS household, body ->> '$.due' AS due,
        body ->> '$.state' AS state, body ->> '$.report' AS report
    FROM record WHERE kind = 42 AND body ->> '$.household' IS NOT NULL;
CREATE VIEW activity_log AS
    SELECT no, id, version, base IS NOT NULL AS pending, body, body ->> '$.content.activity' AS activity
    FROM record WHERE kind = 13 AND body ->> '$.content.activity' IS NOT NULL;
CREATE VIEW look AS
    SELECT no, id, version, base IS NOT NULL AS pending, body, body ->> '$.subject' AS subject, body ->> '$.at' AS at
    FROM record WHERE kind = 5;
CREATE VIEW naming_file AS
    SELECT no, id, kind, version, body FROM record WHERE kind IN (13, 20, 45) AND instr(body, '"sha256":') > 0;
