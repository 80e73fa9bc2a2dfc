SELECT id, version, base IS NOT NULL, body FROM record WHERE id = ?1 AND kind = ?2
