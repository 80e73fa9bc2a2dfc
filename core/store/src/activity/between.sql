SELECT id, version, pending, body FROM activity WHERE org = ?1 AND starts >= ?2 AND starts < ?3 ORDER BY starts, id LIMIT ?4
