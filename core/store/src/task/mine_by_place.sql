SELECT id, coalesce(body ->> '$.place', ''), due FROM open_task WHERE assignee = ?1
