SELECT id, coalesce(body ->> '$.place', ''), due FROM open_task WHERE grid = ?1 AND assignee IS NULL
