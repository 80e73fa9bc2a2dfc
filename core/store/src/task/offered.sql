SELECT id, version, pending, body FROM task WHERE offered_to = ?1 AND due <= ?2 AND state = 'handed_over' ORDER BY due LIMIT ?3
