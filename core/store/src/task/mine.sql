SELECT id, version, pending, body FROM open_task WHERE assignee = ?1 AND due <= ?2 AND (due, id) > (?3, ?4) ORDER BY due, id LIMIT ?5
