SELECT no, due FROM open_task WHERE assignee = ?1 AND due <= ?2 ORDER BY due LIMIT ?3
