-- Version 2. What was done for a household, and what records an activity; what the holder is in the middle of writing; who looked at
-- whose page; which records name files.

CREATE VIEW household_task AS
    SELECT no, id, version, base IS NOT NULL AS pending, body, body ->> '$.household' AS household, body ->> '$.due' AS due,
        body ->> '$.state' AS state, body ->> '$.report' AS report
    FROM record WHERE kind = 42 AND body ->> '$.household' IS NOT NULL;
CREATE INDEX task_household ON record(body ->> '$.household', body ->> '$.due')
    WHERE kind = 42 AND body ->> '$.household' IS NOT NULL;

CREATE VIEW activity_log AS
    SELECT no, id, version, base IS NOT NULL AS pending, body, body ->> '$.content.activity' AS activity
    FROM record WHERE kind = 13 AND body ->> '$.content.activity' IS NOT NULL;
CREATE INDEX log_activity ON record(body ->> '$.content.activity')
    WHERE kind = 13 AND body ->> '$.content.activity' IS NOT NULL;

-- Texts not handed in yet, kept at every keystroke. They never leave the phone.
CREATE TABLE draft (
    no INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,     -- which text it is, as the shell names it
    text TEXT NOT NULL,
    saved INTEGER NOT NULL        -- milliseconds, by the phone's best guess at the time
);

CREATE VIEW look AS
    SELECT no, id, version, base IS NOT NULL AS pending, body, body ->> '$.subject' AS subject, body ->> '$.at' AS at
    FROM record WHERE kind = 5;
CREATE INDEX look_subject ON record(body ->> '$.subject', body ->> '$.at') WHERE kind = 5;

-- Records that name files: logs, notices and reports. Few of the many that there are do.
CREATE VIEW naming_file AS
    SELECT no, id, kind, version, body FROM record WHERE kind IN (13, 20, 45) AND instr(body, '"sha256":') > 0;
CREATE INDEX record_files ON record(kind) WHERE kind IN (13, 20, 45) AND instr(body, '"sha256":') > 0;
