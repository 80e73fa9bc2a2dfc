-- Version 2. What was done for a household, and what records an activity.

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
