SELECT count(*) FROM (SELECT 1 FROM log WHERE org = ?1 AND state = 'returned' AND author = ?2 LIMIT ?3)
