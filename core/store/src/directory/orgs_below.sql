SELECT id, version, pending, body FROM org WHERE parent = ?1 ORDER BY name LIMIT ?2
