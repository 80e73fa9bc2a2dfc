-- What was given to nobody in particular is everyone's who works in the grid.
SELECT id, version, pending, body FROM task WHERE grid = ?1 AND assignee IS NULL AND due <= ?2 AND state IN ('open', 'accepted', 'handed_over') ORDER BY due LIMIT ?3
