SELECT id, version, pending, body FROM offered_task WHERE offered_to = ?1 AND due <= ?2 AND (due, id) > (?3, ?4) ORDER BY due, id LIMIT ?5
