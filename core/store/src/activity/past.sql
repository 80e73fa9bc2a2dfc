SELECT id, version, pending, body FROM activity WHERE org = ?1 AND starts < ?2 ORDER BY starts DESC LIMIT ?3
