SELECT no, due FROM offered_task WHERE offered_to = ?1 AND due <= ?2 ORDER BY due LIMIT ?3
