SELECT id, version, pending, body FROM activity WHERE org = ?1 ORDER BY starts DESC LIMIT ?2
