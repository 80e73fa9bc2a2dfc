SELECT id, version, pending, body FROM routine WHERE grid = ?1 ORDER BY title LIMIT ?2
