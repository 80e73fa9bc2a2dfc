SELECT id, version, pending, body FROM routine WHERE grid = ?1 AND (title, id) > (?2, ?3) ORDER BY title, id LIMIT ?4
