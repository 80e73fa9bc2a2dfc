SELECT id, coalesce(body ->> '$.place', ''), due FROM offered_task WHERE offered_to = ?1
