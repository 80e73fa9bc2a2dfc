SELECT id, version, pending, body FROM open_task WHERE assignee = ?1 AND (coalesce(body ->> '$.place', ''), due, id) > (?2, ?3, ?4) ORDER BY coalesce(body ->> '$.place', ''), due, id LIMIT ?5
