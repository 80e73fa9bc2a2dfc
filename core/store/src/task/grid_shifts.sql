SELECT id, version, pending, body FROM shift WHERE grid = ?1 AND starts >= ?2 AND (starts, id) > (?3, ?4) ORDER BY starts, id LIMIT ?5
