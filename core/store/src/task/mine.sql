SELECT id, version, pending, body FROM task WHERE assignee = ?1 AND due <= ?2 AND state IN ('open', 'accepted', 'handed_over') ORDER BY due LIMIT ?3
