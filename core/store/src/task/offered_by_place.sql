SELECT id, version, pending, body FROM offered_task WHERE offered_to = ?1 AND (coalesce(body ->> '$.place', ''), due, id) > (?2, ?3, ?4) ORDER BY coalesce(body ->> '$.place', ''), due, id LIMIT ?5
