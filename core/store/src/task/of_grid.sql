-- What was given to nobody in particular is everyone's who works in the grid.
SELECT id, version, pending, body FROM open_task WHERE grid = ?1 AND assignee IS NULL AND due <= ?2 AND (due, id) > (?3, ?4)
ORDER BY due, id LIMIT ?5
