SELECT id, version, pending, body FROM shift WHERE grid = ?1 AND starts >= ?2 ORDER BY starts LIMIT ?3
