SELECT id, version, pending, body FROM log WHERE org = ?1 AND state = ?2 ORDER BY held DESC LIMIT ?3
