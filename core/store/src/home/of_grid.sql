SELECT no, due FROM open_task WHERE grid = ?1 AND assignee IS NULL AND due <= ?2 ORDER BY due LIMIT ?3
