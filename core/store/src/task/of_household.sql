SELECT id, version, pending, body FROM household_task WHERE household = ?1 AND state IN ('open', 'accepted', 'handed_over')
ORDER BY due, id LIMIT ?2
