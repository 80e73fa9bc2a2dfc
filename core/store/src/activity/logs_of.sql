SELECT id, version, pending, body FROM activity_log WHERE activity = ?1 ORDER BY no LIMIT ?2
