SELECT id, version, pending, body FROM shift WHERE worker = ?1 AND starts >= ?2 ORDER BY starts LIMIT ?3
